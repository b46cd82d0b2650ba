package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;

/**
 * The remaining query of a page with any path: the reference leads back to that page for a URL parser that reads addresses as
 * browsers do (OkHttp's, after url.spec.whatwg.org).
 */
class CleanUrlRedirectFuzzTests {

    @FuzzTest
    void leadsToTheSamePage(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        HttpUrl page = HttpUrl.parse("https://shop.example:8443/" + lines[0].replaceAll("[?#]", "") + "?irw_id=1");
        String query = lines.length > 1 ? lines[1].replaceAll("[^\\x00-\\x7e]", "") : "";

        String location = CleanUrlRedirect.location(query);

        assertThat(location).matches("\\?[\\x21-\\x7e]*").doesNotContain("#");
        HttpUrl reached = page == null ? null : page.resolve(location);
        if (page != null) {
            assertThat(reached).isNotNull();
            assertThat(reached.newBuilder().query(null).build())
                    .isEqualTo(page.newBuilder().query(null).build());
            assertThat(reached.encodedFragment()).isNull();
            if (query.matches("[\\w.~!$()*+,;:@/?&=%-]*")) {
                assertThat(reached.encodedQuery()).isEqualTo(query);
            }
        }
    }
}
