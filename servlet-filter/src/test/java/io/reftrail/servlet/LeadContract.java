package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.servlet.StubBackend.Call;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leads from a sign-up servlet, from the click to the backend. */
class LeadContract extends ServedContract {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DeliverySettings SHORT_GOODBYE =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(20), 8, Duration.ZERO);

    private final StubBackend backend = new StubBackend();
    private final Reftrail own = Reftrail.builder()
            .backend(IntrowBackend.builder("key-of-introw")
                    .baseUrl(backend.url())
                    .build())
            .delivery(SHORT_GOODBYE)
            .build();

    @BeforeEach
    void serveSignUp() {
        serve(SignUp.addTo(new WebApp(ReferralCaptureFilter.builder(own).build())));
    }

    @Test
    void reportsTheCustomerOfAClickAndExpiresItsCookies() {
        String click = send(RawRequest.navigation("/?irw_id=one")).cookies().get(0);
        String cookie = click.substring(0, click.indexOf(';'));

        RawResponse response = send(RawRequest.get("/signup?customer=c1").with("Cookie", cookie));

        assertThat(response.body()).isEqualTo("{introw=ENQUEUED}");
        assertThat(response.cookies()).containsExactly(Kits.expiredIntrowCookies());
        assertThat(response.cacheControl()).isEqualTo("no-store");
        await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls())
                .containsExactly(new Call(
                        "/api/v1/affiliate/conversions",
                        "key-of-introw",
                        "{\"clickId\":\"one\",\"email\":\"c1@example.com\"}"));
    }

    @Test
    void reportsACustomerOnce() {
        RawRequest signUp = RawRequest.get("/signup?customer=c1").with("Cookie", "_introw_aff=one");

        assertThat(send(signUp).body()).isEqualTo("{introw=ENQUEUED}");
        assertThat(send(signUp).body()).isEqualTo("{introw=DUPLICATE}");
        assertThat(send(RawRequest.get("/signup?customer=c1")).body()).isEqualTo("{}");

        await().atMost(SOON)
                .during(Duration.ofMillis(200))
                .until(() -> backend.calls().size() == 1);
    }

    @Test
    void reportsNobodyWhoCameAlone() {
        RawResponse response = send(RawRequest.get("/signup?customer=c1").with("Cookie", "other=x; _introw_aff="));

        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.cookies()).isEmpty();
        assertThat(response.headers("Cache-Control")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/signup?customer=c1, {}", "/signin?customer=c1, {}", "/clicks, []"})
    void reportsNobodyWhereThereIsNoFilter(String page, String nothing) {
        serve(SignUp.addTo(new WebApp(null)));

        RawResponse response = send(RawRequest.get(page).with("Cookie", "_introw_aff=one"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(nothing);
    }

    @Test
    void reportsTheFirstSignInOfACustomerOnce() {
        RawRequest signIn = RawRequest.get("/signin?customer=c1").with("Cookie", "_introw_aff=one");

        RawResponse response = send(signIn);

        assertThat(response.body()).isEqualTo("{introw=ENQUEUED}");
        assertThat(response.cookies()).containsExactly(Kits.expiredIntrowCookies());
        assertThat(send(signIn).body()).isEqualTo("{introw=DUPLICATE}");
        await().atMost(SOON)
                .during(Duration.ofMillis(200))
                .until(() -> backend.calls().size() == 1);
    }

    @Test
    void tellsTheClicksOfARequestAndLeavesThemThere() {
        RawResponse response = send(RawRequest.get("/clicks").with("Cookie", "sid=1; _introw_aff=one"));

        assertThat(response.body()).isEqualTo("[one]");
        assertThat(response.cookies()).isEmpty();
        assertThat(send(RawRequest.get("/clicks")).body()).isEqualTo("[]");
    }

    @Test
    void reportsTheLeadOfAResponseThatIsOnItsWay() {
        RawResponse response = send(RawRequest.get("/late?customer=c1").with("Cookie", "_introw_aff=one"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("{introw=ENQUEUED}");
        assertThat(response.cookies()).isEmpty();
        await().atMost(SOON).until(() -> backend.calls().size() == 1);
    }

    @Test
    void neverMakesAPageWaitForABackendThatHangs() {
        backend.hang();

        for (int customer = 0; customer < 20; customer++) {
            long start = System.nanoTime();
            RawResponse response = send(
                    RawRequest.get("/signup?customer=" + customer).with("Cookie", "_introw_aff=click-" + customer));

            assertThat(response.body()).isEqualTo("{introw=ENQUEUED}");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
        await().atMost(SOON).until(() -> !backend.calls().isEmpty());
    }

    @AfterEach
    void close() {
        stopServer();
        own.close();
        backend.close();
    }
}
