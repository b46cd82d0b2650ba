package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths that are left alone. */
class ExcludeContract extends ServedContract {

    @ParameterizedTest
    @CsvSource({
        "/health, true",
        "/health/, false",
        "/healthy, false",
        "/Health, false",
        "/health;v=1, true",
        "/%68ealth, true",
        "/a/../health, true",
        "/api, true",
        "/api/, true",
        "/api/users/7, true",
        "/apis, false",
        "/v1/api/users, false",
        "/data.json, true",
        "/deep/data.json, true",
        "/data.jsonp, false",
        "/json, false",
        "/, false"
    })
    void leavesExcludedPathsAlone(String path, boolean excluded) {
        serve(new WebApp(ReferralCaptureFilter.builder(reftrail)
                        .exclude(List.of("/health", "/api/*", "*.json"))
                        .build())
                .at("/shop"));

        RawResponse response = send(RawRequest.navigation("/shop" + path + "?irw_id=one"));

        if (path.contains("..") && !has(ServerHabit.RESOLVES_DOT_SEGMENTS)) {
            assertThat(response.status()).isEqualTo(302);
            return;
        }
        assertThat(response.cookies().isEmpty()).isEqualTo(excluded);
        assertThat(response.status()).isEqualTo(excluded ? 200 : 302);
        if (excluded) {
            assertThat(response.seen("query")).isEqualTo("irw_id=one");
            assertThat(captures.reports()).containsExactly("introw EXCLUDED");
        }
    }
}
