package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reftrail.model.Customer;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application signs the visitor in by {@code HttpServletRequest.login}: told at once, in the same response. */
class LoginCallContract extends SigningInContract {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallIsALeadAndItsResponseExpiresTheCookies(boolean session) {
        serve(securedApp(Security.OWN));
        visitor.visit("/?irw_id=one");
        if (session) {
            visitor.send("/session");
        }

        RawResponse in = visitor.submit("/in", "name=kim");

        assertThat(in.body()).isEqualTo("hello kim");
        assertThat(in.cookies()).contains(Kits.expiredIntrowCookies());
        assertThat(in.cacheControl()).isEqualTo("no-store");
        assertThat(visitor.jar().names())
                .isEqualTo(session || !has(ServerHabit.LOGS_IN_WITHOUT_SESSION) ? List.of("JSESSIONID") : List.of());
        assertThat(leads).containsExactly("ENQUEUED");
        await().atMost(SOON).until(() -> backend.calls().size() == 1);
    }

    @Test
    void itsSessionIsToldOfOnce() {
        serve(securedApp(Security.OWN).page("/twice", (request, response) -> {
            request.getSession();
            in(request, response);
            request.changeSessionId();
        }));
        visitor.submit("/twice", "name=kim");

        visitor.visit("/?irw_id=one");
        assertThat(visitor.visit("/").body()).isEqualTo("hello kim");

        assertThat(told).hasSize(1);
        assertThat(visitor.clicks()).containsExactly(CLICK);
    }

    @Test
    void aSessionThatIsMadeAfterwardsMakesNoSecondLead() {
        serve(securedApp(Security.OWN).page("/then", (request, response) -> {
            in(request, response);
            request.getSession();
        }));
        visitor.visit("/?irw_id=one");

        visitor.submit("/then", "name=kim");
        visitor.visit("/");

        assertThat(leads).containsExactly("ENQUEUED");
    }

    @Test
    void twoPeopleInOneSessionAreBothToldOf() {
        serve(securedApp(Security.OWN).page("/switch", (request, response) -> {
            request.logout();
            in(request, response);
        }));
        visitor.send("/session");
        visitor.submit("/in", "name=kim");
        visitor.visit("/?irw_id=one");

        visitor.submit("/switch", "name=lee");
        visitor.visit("/");

        assertThat(told).hasSize(2);
        assertThat(leads).containsExactly("ENQUEUED");
    }

    @Test
    void aWrongPasswordFailsAsWithoutTheFilterAndIsNoSignIn() {
        serve(securedApp(Security.OWN).page("/refused", (request, response) -> {
            try {
                request.login("kim", "wrong");
            } catch (ServletException refused) {
                response.getWriter().print("refused");
            }
        }));
        visitor.visit("/?irw_id=one");

        assertThat(visitor.visit("/refused").body()).isEqualTo("refused");
        assertThat(told).isEmpty();
        assertThat(visitor.clicks()).containsExactly(CLICK);
    }

    @Test
    void aResponseThatGoesOutAfterTheCallIsKeptOutOfSharedCachesWhateverTheApplicationSays() {
        serve(securedApp(Security.OWN).page("/public", (request, response) -> {
            in(request, response);
            response.setHeader("Cache-Control", "public, max-age=600");
            response.flushBuffer();
        }));
        visitor.visit("/?irw_id=one");

        RawResponse response = visitor.submit("/public", "name=kim");

        assertThat(cookies(response)).containsExactly(Kits.expiredIntrowCookies());
        assertThat(response.cacheControl()).isEqualTo("no-store");
    }

    @Test
    void anAccountThatIsOlderThanTheClickIsNoLead() {
        createdAt = Instant.EPOCH;
        serve(securedApp(Security.OWN));
        visitor.visit("/?irw_id=one");

        assertThat(cookies(visitor.submit("/in", "name=kim"))).isEmpty();

        assertThat(leads).containsExactly("EXISTING_CUSTOMER");
    }

    @Test
    void whoHasJustBeenReportedAsASignUpIsReportedOnce() {
        serve(securedApp(Security.OWN).page("/join", (request, response) -> {
            ServletReftrail.lead(request, response, Customer.of("account-1"));
            in(request, response);
        }));
        visitor.visit("/?irw_id=one");

        RawResponse response = visitor.submit("/join", "name=kim");

        assertThat(cookies(response)).containsExactly(Kits.expiredIntrowCookies());
        assertThat(leads).containsExactly("ENQUEUED");
        await().atMost(SOON)
                .during(Duration.ofMillis(200))
                .until(() -> backend.calls().size() == 1);
    }

    @Test
    void aResponseThatIsOnItsWayKeepsTheCookiesForTheNextSignIn() {
        assumeTrue(has(ServerHabit.LOGS_IN_WITHOUT_SESSION), "nobody can log in once the response is on its way");
        serve(securedApp(Security.OWN).page("/late", (request, response) -> {
            response.flushBuffer();
            in(request, response);
        }));
        visitor.visit("/?irw_id=one");

        assertThat(visitor.visit("/late?name=kim").body()).contains("hello kim");
        assertThat(visitor.clicks()).containsExactly(CLICK);
        visitor.visit("/in?name=kim");

        assertThat(leads).containsExactly("ENQUEUED", "DUPLICATE");
        assertThat(visitor.clicks()).isEmpty();
    }

    @Test
    void aSignInThatAnotherSitePostsIsALeadWithTheNextRequestWhichHasTheCookies() {
        serve(securedApp(Security.OWN));
        visitor.visit("/?irw_id=one");
        visitor.send("/session");
        String session = visitor.jar().header("localhost", "/").replaceAll(".*(JSESSIONID=[^;]*).*", "$1");

        RawResponse in = send(RawRequest.form("/in", "name=kim")
                .with("Sec-Fetch-Site", "cross-site")
                .with("Cookie", session));
        in.cookies().forEach(line -> visitor.jar().take("localhost", line));
        assertThat(leads).isEmpty();

        assertThat(visitor.visit("/").cookies()).contains(Kits.expiredIntrowCookies());
        assertThat(leads).containsExactly("ENQUEUED");
    }
}
