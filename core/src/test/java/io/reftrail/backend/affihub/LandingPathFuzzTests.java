package io.reftrail.backend.affihub;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** The path of a landing, which may be any text. */
class LandingPathFuzzTests {

    @FuzzTest
    void thePathIsTheOneThatTheJdkFinds(byte[] input) {
        String landing = new String(input, StandardCharsets.UTF_8);
        String path = AffihubBackend.path(landing);

        assertThat(path).startsWith("/").doesNotContain("?", "#");
        try {
            URI uri = new URI(landing);
            if (uri.getHost() != null && uri.isAbsolute()) {
                assertThat(path).isEqualTo(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
            }
        } catch (URISyntaxException onlyBrowsersTakeIt) {
            assertThat(landing).isNotEmpty();
        }
    }
}
