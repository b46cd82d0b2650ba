package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Principals that come with requests: by an authentication module they are sign-ins, by {@code BASIC} they are not. */
class ContainerSignInContract extends SigningInContract {

    private static final String KIM_BASIC = "Basic a2ltOnNlY3JldA==";

    private RawResponse account(String header, String value) {
        return visitor.send(
                Security.PROTECTED, RawRequest.get(Security.PROTECTED).with(header, value));
    }

    @Test
    void basicCredentialsComeWithEveryRequestAndAreNoSignIn() {
        serve(securedApp(Security.BASIC));
        visitor.visit("/?irw_id=one");

        assertThat(account("Authorization", KIM_BASIC).body()).isEqualTo("hello kim");
        visitor.send("/session");
        assertThat(account("Authorization", KIM_BASIC).body()).isEqualTo("hello kim");
        assertThat(visitor.send("/check", RawRequest.get("/check").with("Authorization", KIM_BASIC))
                        .body())
                .isEqualTo("true");

        assertThat(told).isEmpty();
        assertThat(visitor.clicks()).containsExactly(CLICK);
    }

    @Test
    void aLoginCallCountsWhereTheContainerUsesBasic() {
        serve(securedApp(Security.BASIC));
        visitor.visit("/?irw_id=one");

        visitor.submit("/in", "name=kim");

        assertThat(leads).containsExactly("ENQUEUED");
    }

    @Test
    void aModuleThatSignsInWithEachRequestIsToldOfWhereThereIsAClickToLose() {
        serve(securedApp(new Security(null, new HeaderModule())));
        visitor.visit("/?irw_id=one");

        RawResponse account = account(HeaderModule.HEADER, "kim");
        account(HeaderModule.HEADER, "kim");

        assertThat(account.cookies()).containsExactly(Kits.expiredIntrowCookies());
        assertThat(account.seen("session")).isEmpty();
        assertThat(visitor.jar().names()).isEmpty();
        assertThat(told).hasSize(1);
        assertThat(leads).containsExactly("ENQUEUED");
        await().atMost(SOON).until(() -> backend.calls().size() == 1);
    }

    @Test
    void aModuleThatSignsInWithEachRequestIsToldOfOnceInASession() {
        serve(securedApp(new Security(null, new HeaderModule())));
        visitor.send("/session");

        account(HeaderModule.HEADER, "kim");
        account(HeaderModule.HEADER, "kim");
        account(HeaderModule.HEADER, "lee");
        visitor.visit("/?irw_id=one");
        account(HeaderModule.HEADER, "lee");

        assertThat(told).hasSize(2);
        assertThat(leads).isEmpty();
    }

    @Test
    void whomAModuleHasSignedInBeforeTheClickIsNoLeadOfItWithoutASessionToo() {
        serve(securedApp(new Security(null, new HeaderModule())));
        assertThat(account(HeaderModule.HEADER, "kim").body()).isEqualTo("hello kim");
        account(HeaderModule.HEADER, "kim");
        assertThat(told).hasSize(1);
        await().atMost(SOON).until(() -> own.operations().outbox().firstSignIn("kim") != null);
        clock.setAhead(Duration.ofDays(1));
        visitor.visit("/?irw_id=one");

        account(HeaderModule.HEADER, "kim");

        assertThat(leads).containsExactly("EXISTING_CUSTOMER");
        assertThat(visitor.clicks()).containsExactly(CLICK);
    }

    @Test
    void aRequestOfAnotherSiteThatHidesTheClickIsNotTheSignIn() {
        serve(securedApp(new Security(null, new HeaderModule())));
        visitor.visit("/?irw_id=one");
        visitor.send("/session");
        String session = visitor.jar().header("localhost", "/").replaceAll(".*(JSESSIONID=[^;]*).*", "$1");

        send(RawRequest.form("/", "token=x")
                .with("Sec-Fetch-Site", "cross-site")
                .with(HeaderModule.HEADER, "kim")
                .with("Cookie", session));
        assertThat(told).isEmpty();

        account(HeaderModule.HEADER, "kim");
        assertThat(leads).containsExactly("ENQUEUED");
    }

    @Test
    void authenticateIsASignInWhereAModuleAnswersIt() {
        serve(securedApp(new Security(null, new HeaderModule())));
        visitor.visit("/?irw_id=one");

        RawResponse check = visitor.send("/check", RawRequest.get("/check").with(HeaderModule.ON_REQUEST, "kim"));

        if (!has(ServerHabit.ASKS_MODULES_AGAIN)) {
            assertThat(told).isEmpty();
            assertThat(visitor.clicks()).containsExactly(CLICK);
            return;
        }
        assertThat(check.body()).isEqualTo("true");
        assertThat(check.cookies()).containsExactly(Kits.expiredIntrowCookies());
        assertThat(leads).containsExactly("ENQUEUED");
    }

    @Test
    void aBodyIsLeftToTheApplication() {
        serve(securedApp(new Security(null, new HeaderModule())).page("/body", new ProbePage()));
        visitor.visit("/?irw_id=one");

        RawResponse page = visitor.send(
                "/body", RawRequest.form("/body", "name=kim&irw_id=x").with(HeaderModule.HEADER, "kim"));

        assertThat(page.seen("body")).isEqualTo("name=kim&irw_id=x");
        assertThat(page.seen("session")).isEqualTo("false");
        assertThat(leads).containsExactly("ENQUEUED");
    }
}
