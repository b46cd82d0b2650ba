package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.reftrail.servlet.StubBackend.Call;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each init-param of delivery at work, against a backend on loopback. */
class InitDeliveryContract extends ServedContract {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final StubBackend backend = new StubBackend();

    @Test
    void sendsToTheBaseUrlWithTheKeyOfASystemProperty() {
        System.setProperty("reftrail.test-key", "from-property");
        try {
            serve(app("${reftrail.test-key}"));
        } finally {
            System.clearProperty("reftrail.test-key");
        }

        assertThat(signUp(1)).isEqualTo("{introw=ENQUEUED}");

        await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls())
                .extracting(Call::path, Call::key)
                .containsExactly(tuple("/api/v1/affiliate/conversions", "from-property"));
    }

    @Test
    void namesTheEventOfRefport() {
        serve(SignUp.addTo(new WebApp(new ReferralCaptureFilter()))
                .initParameter("refport.api-key", "key")
                .initParameter("refport.base-url", backend.url() + "/")
                .initParameter("refport.lead-event-name", "Trial"));

        send(RawRequest.get("/signup?customer=1").with("Cookie", "refp_id=a%2Fb"));

        await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls().get(0).body()).contains("\"eventName\":\"Trial\"", "\"clickId\":\"a/b\"");
    }

    @Test
    void refusesMoreThanTheCapacityOfTheOutboxAndLeavesTheCookie() {
        backend.hang();
        serve(app("key").initParameter("outbox.capacity", "1").initParameter("delivery.shutdown-timeout", "0s"));

        RawResponse accepted = signUp("1");
        RawResponse refused = signUp("2");

        assertThat(accepted.body()).isEqualTo("{introw=ENQUEUED}");
        assertThat(accepted.cookies()).containsExactly(Kits.expiredIntrowCookies());
        assertThat(refused.body()).isEqualTo("{introw=REFUSED}");
        assertThat(refused.cookies()).isEmpty();
    }

    @Test
    void expiresTheCookieOfTheDomainItsHostOnlyTwinAndThatOfAPageScript() {
        serve(app("key").initParameter("cookie.domain", "example.com").initParameter("cookie.path", "/shop"));

        assertThat(signUp("1").cookies())
                .containsExactly(
                        "_introw_aff=; Max-Age=0; Path=/shop; SameSite=Lax",
                        "_introw_aff=; Max-Age=0; Path=/shop; Domain=example.com; SameSite=Lax",
                        "_introw_aff=; Max-Age=0; Path=/; SameSite=Lax",
                        "_reftrail_introw=; Max-Age=0; Path=/shop; HttpOnly; SameSite=Lax",
                        "_reftrail_introw=; Max-Age=0; Path=/shop; Domain=example.com; HttpOnly; SameSite=Lax");
    }

    @Test
    void keepsTheCookieWhereAskedTo() {
        serve(app("key").initParameter("cookie.keep-after-lead", "introw"));

        assertThat(signUp("1").cookies()).isEmpty();
        assertThat(signUp("1").body()).isEqualTo("{introw=DUPLICATE}");
    }

    @Test
    void callsABackendAsOftenAtOnceAsToldTo() {
        backend.hang();
        serve(app("key").initParameter("delivery.max-in-flight", "2").initParameter("delivery.shutdown-timeout", "0s"));

        for (int customer = 1; customer <= 4; customer++) {
            assertThat(signUp(customer)).isEqualTo("{introw=ENQUEUED}");
        }

        await().atMost(SOON)
                .during(Duration.ofMillis(300))
                .until(() -> backend.calls().size() == 2);
    }

    @Test
    void triesAgainWhenTheResponseTimeoutIsOver() {
        backend.hang();
        serve(app("key")
                .initParameter("delivery.response-timeout", "100ms")
                .initParameter("delivery.connect-timeout", "1m")
                .initParameter("delivery.shutdown-timeout", "0s"));

        signUp(1);

        await().atMost(SOON).until(() -> backend.calls().size() >= 2);
    }

    @Test
    void waitsNoLongerThanTheShutdownTimeoutForAHangingBackend() {
        backend.hang();
        serve(app("key").initParameter("delivery.shutdown-timeout", "100ms"));
        signUp(1);
        await().atMost(SOON).until(() -> backend.calls().size() == 1);

        long start = System.nanoTime();
        stopServer();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void closesWhatItBuiltWhenTheApplicationStops() {
        ObservedFilter filter = new ObservedFilter();
        serve(SignUp.addTo(new WebApp(filter))
                .initParameter("introw.api-key", "key")
                .initParameter("introw.base-url", backend.url()));
        assertThat(signUp(1)).isEqualTo("{introw=ENQUEUED}");

        stopServer();

        assertThat(backend.calls()).hasSize(1);
        ServletContext context = filter.context();
        assertThat(context == null ? null : ServletReftrail.find(context)).isNull();
    }

    private WebApp app(String key) {
        return SignUp.addTo(new WebApp(new ReferralCaptureFilter()))
                .initParameter("introw.api-key", key)
                .initParameter("introw.base-url", backend.url());
    }

    private String signUp(int customer) {
        return signUp(String.valueOf(customer)).body();
    }

    private RawResponse signUp(String customer) {
        return send(RawRequest.get("/signup?customer=" + customer).with("Cookie", "_introw_aff=click-" + customer));
    }

    @AfterEach
    void closeBackend() {
        backend.close();
    }
}
