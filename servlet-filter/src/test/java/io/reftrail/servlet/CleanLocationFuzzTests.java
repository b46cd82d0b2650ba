package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;

/**
 * A path as it came, and on the next line what is left of its query: the reference leads back to that page in the eyes of an
 * URL parser that reads addresses as browsers do (OkHttp's, after url.spec.whatwg.org).
 */
class CleanLocationFuzzTests {

    /** No browser sends a path that ends so: it has gone up by itself before. */
    private static final String DOTS = "(?i)(\\.|%2e){1,2}";

    private static final HttpUrl SITE = HttpUrl.get("https://shop.example:8443/");

    @FuzzTest
    void leadsToTheSamePage(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        String path = "/" + lines[0].replaceAll("[?#\\\\]", "");
        String query = lines.length > 1 ? lines[1] : "";

        String location = CleanLocation.of(path, query);

        assertThat(location).matches("\\./[\\x21-\\x7e]*").doesNotContain("#");
        HttpUrl page = page(Destination.encoded(path));
        HttpUrl reached = page.resolve(location);
        assertThat(reached).isNotNull();
        assertThat(reached.scheme()).isEqualTo(SITE.scheme());
        assertThat(reached.host()).isEqualTo(SITE.host());
        assertThat(reached.port()).isEqualTo(SITE.port());
        if (!path.substring(path.lastIndexOf('/') + 1).matches(DOTS)) {
            assertThat(reached.encodedPath()).isEqualTo(page.encodedPath());
        }
        assertThat(reached.encodedFragment()).isNull();
        assertThat(reached.encodedQuery() == null).isEqualTo(query.isEmpty());
        if (query.matches("[\\w.~!$()*+,;:@/?&=%-]+")) {
            assertThat(reached.encodedQuery()).isEqualTo(query);
        }
    }

    /** A path that begins with two slashes would name a host, if it stood alone. */
    private static HttpUrl page(String path) {
        return HttpUrl.get("https://shop.example:8443" + path);
    }
}
