package io.reftrail.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.servlet.StubBackend.Call;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code FORM} in a {@code web.xml}: the container signs the visitor in, and the request that follows is the sign-in. */
class FormSignInContract extends SigningInContract {

    @BeforeEach
    void serveForm() {
        serve(securedApp(Security.FORM));
    }

    private RawResponse signIn(String name) {
        assertThat(visitor.visit(Security.PROTECTED).body()).isEqualTo("your name?");
        return visitor.submit("/j_security_check", "j_username=" + name + "&j_password=" + Security.PASSWORD);
    }

    @Test
    void theFirstSignInOfAPartnersVisitorIsALeadAndItsResponseExpiresTheCookies() {
        visitor.visit("/?irw_id=one");
        assertThat(visitor.clicks()).containsExactly(CLICK);

        RawResponse account = signIn("kim");

        assertThat(account.body()).isEqualTo("hello kim");
        assertThat(account.cookies()).contains(Kits.expiredIntrowCookies());
        assertThat(CacheControl.forbidsStoring(account.cacheControl())).isTrue();
        assertThat(visitor.clicks()).isEmpty();
        await().atMost(SOON)
                .during(Duration.ofMillis(200))
                .until(() -> backend.calls().size() == 1);
        assertThat(backend.calls())
                .extracting(Call::body)
                .containsExactly("{\"clickId\":\"one\",\"email\":\"kim@example.com\"}");
    }

    @Test
    void aSessionIsToldOfOnceThoughTheContainerChangesItsId() {
        visitor.send("/session");
        String before = visitor.jar().header("localhost", "/");
        signIn("kim");
        assertThat(visitor.jar().header("localhost", "/"))
                .startsWith("JSESSIONID=")
                .isNotEqualTo(before);

        visitor.visit("/?irw_id=one");
        visitor.visit(Security.PROTECTED);

        assertThat(told).hasSize(1);
        assertThat(leads).isEmpty();
    }

    @Test
    void whoeverComesAloneIsToldOfToBeKnownLater() {
        assertThat(signIn("kim").cookies()).noneMatch(line -> line.startsWith("_"));
        assertThat(told).hasSize(1);
        await().atMost(SOON).until(() -> own.operations().outbox().firstSignIn("kim") != null);
        visitor.visit("/out");
        clock.setAhead(Duration.ofDays(1));

        visitor.visit("/?irw_id=one");
        signIn("kim");

        assertThat(leads).containsExactly("EXISTING_CUSTOMER");
    }

    @Test
    void anAccountThatIsOlderThanTheClickIsNoLead() {
        createdAt = Instant.EPOCH;
        visitor.visit("/?irw_id=one");

        signIn("kim");

        assertThat(leads).containsExactly("EXISTING_CUSTOMER");
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void whoSignsInAgainAfterAnotherClickIsToldOfAgainAndIsNoLead() {
        visitor.visit("/?irw_id=one");
        signIn("kim");
        await().atMost(SOON).until(() -> own.operations().outbox().firstSignIn("kim") != null);
        visitor.visit("/out");
        clock.setAhead(Duration.ofDays(1));
        visitor.visit("/?irw_id=two");

        signIn("kim");

        assertThat(told).hasSize(2);
        assertThat(leads).containsExactly("ENQUEUED", "EXISTING_CUSTOMER");
    }

    @Test
    void somebodyElseInTheSameBrowserHasAnotherClick() {
        visitor.visit("/?irw_id=one");
        signIn("kim");
        visitor.visit("/out");
        signIn("lee");
        assertThat(leads).containsExactly("ENQUEUED");
        visitor.visit("/out");
        visitor.visit("/?irw_id=two");

        signIn("ada@example.com");

        assertThat(told).hasSize(3);
        assertThat(leads).containsExactly("ENQUEUED", "ENQUEUED");
    }

    @Test
    void aWrongPasswordIsNoSignIn() {
        visitor.visit("/?irw_id=one");
        visitor.visit(Security.PROTECTED);

        assertThat(visitor.submit("/j_security_check", "j_username=kim&j_password=no")
                        .body())
                .isEqualTo("wrong name");
        assertThat(told).isEmpty();
        assertThat(visitor.clicks()).containsExactly(CLICK);
    }

    @Test
    void aFormThatWasInterruptedByTheSignInArrivesWithItsBody() {
        serve(securedApp(Security.FORM).page(Security.PROTECTED, (request, response) -> response.getWriter()
                .print(request.getMethod() + " "
                        + new String(request.getInputStream().readAllBytes(), UTF_8))));
        visitor.visit("/?irw_id=one");
        assertThat(visitor.submit(Security.PROTECTED, "a=b&c=d").body()).isEqualTo("your name?");

        RawResponse account = visitor.submit("/j_security_check", "j_username=kim&j_password=" + Security.PASSWORD);

        assertThat(account.body()).isEqualTo(has(ServerHabit.RESTORES_INTERRUPTED_FORMS) ? "POST a=b&c=d" : "GET ");
        assertThat(leads).containsExactly("ENQUEUED");
    }

    @Test
    void aPageThatCallsItselfPublicIsKeptOutOfSharedCachesWhereItIsTheSignIn() {
        serve(securedApp(Security.FORM).page(Security.PROTECTED, (request, response) -> {
            response.setHeader("Cache-Control", "public, max-age=60");
            response.flushBuffer();
        }));
        visitor.visit("/?irw_id=one");

        RawResponse account = signIn("kim");

        assertThat(account.cookies()).contains(Kits.expiredIntrowCookies());
        assertThat(account.cacheControl()).isEqualTo("no-store");
    }

    /** The container asks for a name before any filter sees the request. */
    @Test
    void aLandingOnAProtectedPageIsCapturedAfterTheSignInAndStillALead() {
        assertThat(visitor.visit(Security.PROTECTED + "?irw_id=one").body()).isEqualTo("your name?");
        assertThat(visitor.clicks()).isEmpty();

        visitor.submit("/j_security_check", "j_username=kim&j_password=" + Security.PASSWORD);

        assertThat(leads).containsExactly("ENQUEUED");
        assertThat(visitor.clicks()).isEmpty();
    }
}
