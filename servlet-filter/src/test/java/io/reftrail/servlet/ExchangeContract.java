package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reftrail.Reftrail;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.servlet.ConsentPolicy.Consent;
import io.reftrail.servlet.StubBackend.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A partner's code that the vendor exchanges: the landing never waits, and a later response brings the click id. */
class ExchangeContract extends ServedContract {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DeliverySettings SHORT_GOODBYE =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(20), 8, Duration.ZERO);

    /** The vendor's window, from the landing on. */
    private static final String ALMOST_45_DAYS = "Max-Age=38(88000|879\\d\\d)";

    private static final String NO_NUMBER = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private volatile Consent consent = Consent.GRANTED;
    private final StubBackend backend = new StubBackend()
            .reply("{\"success\":true,\"click_id\":\"cust_1\",\"partner_code\":\"nora7\",\"cookie_window_days\":45}");
    private final Reftrail own = Reftrail.builder()
            .backend(AffitorBackend.builder("token").baseUrl(backend.url()).build())
            .delivery(SHORT_GOODBYE)
            .build();

    @BeforeEach
    void serveSignUp() {
        serve(SignUp.addTo(new WebApp(ReferralCaptureFilter.builder(own)
                .consent(request -> consent)
                .exclude(List.of("/late"))
                .build())));
    }

    @AfterEach
    void close() {
        stopServer();
        own.close();
        backend.close();
    }

    private String land() {
        RawResponse landing = send(RawRequest.navigation("/page;jsessionid=ABC?aff=nora7&plan=pro")
                .with("Referer", "https://blog.example/post")
                .with("User-Agent", "Mozilla/5.0 Firefox/140.0"));
        assertThat(landing.status()).isEqualTo(302);
        assertThat(landing.cacheControl()).isEqualTo("no-store");
        assertThat(landing.cookies()).hasSize(2);
        assertThat(landing.cookies().get(0)).matches("_reftrail_affitor=\\d+!~[0-9a-f-]{36}~nora7; .*HttpOnly.*");
        assertThat(landing.cookies().get(1)).contains("affitor_aff_url=http://", "/page?aff=nora7&plan=pro;");
        return landing.cookies().get(0).replaceAll(";.*", "");
    }

    private RawResponse handedOver(RawRequest request) {
        return await().atMost(SOON)
                .until(() -> send(request), response -> !response.cookies().isEmpty());
    }

    @Test
    void reportsTheLandingAndBringsTheClickIdHomeOnALaterPage() {
        String pending = land();

        RawResponse page = handedOver(RawRequest.navigation("/page").with("Cookie", "a=b; " + pending));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.cacheControl()).isEqualTo("no-store");
        assertThat(page.cookies().get(0))
                .matches("affitor_click_id=cust_1; " + ALMOST_45_DAYS + "; Path=/; SameSite=Lax");
        assertThat(page.cookies().get(1)).matches(".*~nora7; " + ALMOST_45_DAYS + "; Path=/; HttpOnly; SameSite=Lax");
        Call click = backend.calls().get(0);
        assertThat(click.path()).isEqualTo("/api/v1/track/click");
        assertThat(click.key()).isEqualTo("null");
        assertThat(click.body())
                .contains("/page?aff=nora7&plan=pro\"", "https://blog.example/post", "Firefox/140.0")
                .doesNotContain("jsessionid");
    }

    @Test
    void neverMakesALandingWaitForABackendThatHangs() {
        backend.hang();
        for (int visitor = 0; visitor < 20; visitor++) {
            long start = System.nanoTime();
            land();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
        await().atMost(SOON).until(() -> !backend.calls().isEmpty());
    }

    @Test
    void reportsWhoSignsUpAtOnceAfterTheClick() {
        String pending = land();

        RawResponse signUp = send(RawRequest.get("/signup?customer=c1").with("Cookie", pending));

        assertThat(signUp.body()).isEqualTo("{affitor=ENQUEUED}");
        assertThat(signUp.cookies()).anyMatch(line -> line.startsWith("_reftrail_affitor=; Max-Age=0"));
        await().atMost(SOON).until(() -> backend.calls().size() == 2);
        assertThat(backend.calls()).extracting(Call::path).containsExactly("/api/v1/track/click", "/api/v1/track/lead");
        assertThat(backend.calls().get(1).body()).contains("\"click_id\":\"cust_1\"", "\"customer_key\":\"c1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image    | no-cors",
                "script   | no-cors",
                "style    | cors",
                "font     | cors",
            })
    void leavesPicturesStylesAndScriptsInTheCache(String destination, String mode) {
        String pending = land();
        handedOver(RawRequest.navigation("/page").with("Cookie", pending));

        RawResponse part = send(RawRequest.get("/page")
                .with("Cookie", pending)
                .with("Sec-Fetch-Dest", destination)
                .with("Sec-Fetch-Mode", mode));

        assertThat(part.cookies()).isEmpty();
        assertThat(part.headers("Cache-Control")).isEmpty();
    }

    @Test
    void leavesExcludedPathsAlone() {
        String pending = land();
        handedOver(RawRequest.navigation("/page").with("Cookie", pending));

        assertThat(send(RawRequest.navigation("/late?customer=c1").with("Cookie", pending + "; other=x"))
                        .headers("Cache-Control"))
                .isEmpty();
    }

    @Test
    void bringsAClickIdHomeToAScriptsOwnRequest() {
        String pending = land();

        assertThat(handedOver(RawRequest.get("/page")
                                .with("Cookie", pending)
                                .with("Sec-Fetch-Dest", "empty")
                                .with("Sec-Fetch-Mode", "cors"))
                        .cookies())
                .isNotEmpty();
    }

    @Test
    void givesNothingToVisitorsWhoHaveRefusedSince() {
        String pending = land();
        RawRequest page = RawRequest.navigation("/page").with("Cookie", pending);
        handedOver(page);
        consent = Consent.REFUSED;

        assertThat(send(page).cookies())
                .containsExactly("_reftrail_affitor=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1!~2~3", "!~", "1700000000!~zz~nora", "1700000000!~" + NO_NUMBER + "~\u00e4"})
    void takesAForgedCookieForNothing(String value) {
        assumeTrue(
                value.chars().allMatch(character -> character < 0x80) || has(ServerHabit.READS_ANY_COOKIE),
                "the server fails where a cookie has bytes that are no ASCII");

        RawResponse page = send(RawRequest.navigation("/page").with("Cookie", "_reftrail_affitor=" + value));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.cookies()).isEmpty();
    }
}
