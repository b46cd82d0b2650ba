package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.CaptureListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise 1: nothing of ours breaks the page. */
class FailureContract extends ServedContract {

    private static final CaptureListener BROKEN = (backend, result) -> {
        throw new IllegalStateException("the registry is closed");
    };

    private final Reftrail broken = Kits.builder(BROKEN).build();

    @ParameterizedTest
    @CsvSource({
        "GET, irw_id=one",
        "GET, irw_id=one&refp_id=two",
        "POST, irw_id=one",
        "HEAD, irw_id=one",
        "GET, irw_id=",
        "POST, irw_id="
    })
    void servesThePageWhereAListenerThrows(String method, String query) {
        for (StripMode strip : StripMode.values()) {
            serve(new WebApp(ReferralCaptureFilter.builder(broken).strip(strip).build()));

            RawResponse response = send(RawRequest.of(method, "/params?" + query)
                    .with("Sec-Fetch-Mode", "navigate")
                    .with("Accept", "text/html"));

            assertThat(response.status()).isIn(200, 302);
        }
    }

    @Test
    void keepsTheCookieOfACaptureThatFailedHalfwayOutOfSharedCaches() {
        serve(new WebApp(ReferralCaptureFilter.builder(broken).build())
                .page("/public", (request, response) -> response.setHeader("Cache-Control", "public, max-age=3600")));

        RawResponse response = send(RawRequest.navigation("/public?irw_id=one"));

        assertThat(response.status()).isIn(200, 302);
        assertThat(response.cookies()).isNotEmpty();
        assertThat(response.headers("Cache-Control")).isNotEmpty().allMatch(CacheControl::forbidsStoring);
    }

    @Test
    void leavesTheApplicationsOwnFailuresAlone() {
        serve(app().page("/broken", (request, response) -> {
            throw new IllegalStateException("broken page");
        }));

        assertThat(send(RawRequest.get("/broken?irw_id=one")).status()).isEqualTo(500);
    }

    @AfterEach
    void closeBroken() {
        broken.close();
    }
}
