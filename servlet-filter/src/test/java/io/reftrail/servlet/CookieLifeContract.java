package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the cookies of a click leave the browser: with the response that says that the lead is safe, or with the next one. */
class CookieLifeContract extends SigningInContract {

    private static final String SHOP = "www.shop.example";

    private static final Page RESET = (request, response) -> {
        in(request, response);
        response.reset();
        response.getWriter().print("started again");
    };

    private static final Page STREAM = (request, response) -> {
        in(request, response);
        for (int line = 0; line < 20_000; line++) {
            response.getWriter().println(line);
        }
        response.flushBuffer();
    };

    private void serve(String parameter, String value) {
        serve(pages(new WebApp(new ReferralCaptureFilter())
                        .initParameter("introw.api-key", "key")
                        .initParameter("lead.unknown-age", "report")
                        .initParameter("introw.base-url", backend.url())
                        .initParameter("delivery.shutdown-timeout", "0s")
                        .initParameter(parameter, value)
                        .behind(new SignInFilter(this::resolve))
                        .secured(Security.OWN))
                .page("/lead", SignUp::report)
                .page("/redirect", (request, response) -> {
                    in(request, response);
                    response.sendRedirect("/");
                })
                .page("/error", (request, response) -> {
                    in(request, response);
                    response.sendError(503);
                })
                .page("/stream", STREAM)
                .page("/reset", RESET)
                .page("/late", (request, response) -> {
                    response.getWriter().print("late");
                    response.flushBuffer();
                    in(request, response);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/in", "/redirect", "/error", "/stream"})
    void theyGoWithWhateverAnswersTheSignIn(String path) {
        serve("cookie.path", "/");
        visitor.visit("/?irw_id=one");

        RawResponse response = visitor.send(path + "?name=kim");

        assertThat(response.cookies()).contains(Kits.expiredIntrowCookies());
        assertThat(visitor.clicks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/late", "/reset"})
    void aResponseThatIsGoneLeavesThemToTheNextSignInWhichIsADuplicate(String path) {
        assumeTrue(
                path.equals("/reset") || has(ServerHabit.LOGS_IN_WITHOUT_SESSION),
                "nobody can log in once the response is on its way");
        serve("cookie.path", "/");
        visitor.visit("/?irw_id=one");

        visitor.send(path + "?name=kim");
        assertThat(visitor.clicks()).containsExactly(CLICK);
        assertThat(visitor.send("/lead?customer=kim").body()).isEqualTo("{introw=DUPLICATE}");

        assertThat(visitor.clicks()).isEmpty();
    }

    @Test
    void bothTwinsGo() {
        serve("cookie.domain", "shop.example");
        visitor.goTo(SHOP).visit("/?irw_id=one");
        visitor.jar().take(SHOP, "_introw_aff=by-script; Path=/");
        visitor.jar().take(SHOP, "_reftrail_introw=1.a; Path=/");
        assertThat(visitor.clicks()).isEqualTo(twice(CLICK));

        visitor.send("/in?name=kim");

        assertThat(visitor.clicks()).isEmpty();
        assertThat(told).hasSize(1);
    }

    private static List<String> twice(String... names) {
        return Arrays.stream(names).flatMap(name -> Stream.of(name, name)).toList();
    }

    @ParameterizedTest
    @CsvSource({"shop.example, true", "'', false"})
    void anotherSubdomainHasThemOnlyWhereTheyBelongToTheDomain(String domain, boolean lead) {
        serve("cookie.domain", domain);
        visitor.goTo(SHOP).visit("/?irw_id=one");

        String signedUp =
                visitor.goTo("app.shop.example").send("/lead?customer=kim").body();

        assertThat(signedUp).isEqualTo(lead ? "{introw=ENQUEUED}" : "{}");
        assertThat(visitor.clicks().isEmpty()).isEqualTo(lead);
    }

    @Test
    void theyStayWhereTheVendorNeedsThemAndNothingIsSentTwice() {
        serve("cookie.keep-after-lead", "introw");
        visitor.visit("/?irw_id=one");

        visitor.send("/in?name=kim");
        assertThat(visitor.clicks()).containsExactly(CLICK);
        assertThat(visitor.send("/lead?customer=kim").body()).isEqualTo("{introw=DUPLICATE}");

        assertThat(visitor.clicks()).containsExactly(CLICK);
        await().atMost(SOON)
                .during(Duration.ofMillis(200))
                .until(() -> backend.calls().size() == 1);
    }

    @Test
    void theyStayWhileNoLeadIsSafe() {
        backend.hang();
        serve("outbox.capacity", "1");
        visitor.visit("/?irw_id=one");
        assertThat(visitor.send("/lead?customer=first").body()).isEqualTo("{introw=ENQUEUED}");
        visitor.visit("/?irw_id=two");

        assertThat(visitor.send("/lead?customer=kim").body()).isEqualTo("{introw=REFUSED}");

        assertThat(visitor.clicks()).containsExactly(CLICK);
    }
}
