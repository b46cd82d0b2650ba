package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind a proxy that ends TLS and strips a prefix, with each way in which Spring Boot can be told to believe it. */
class ForwardedLineTests {

    @ParameterizedTest
    @CsvSource({"framework, true", "native, true", "none, false"})
    void cookiesAreSecureWhereTheApplicationBelievesTheProxy(String strategy, boolean secure) {
        try (Shop shop = new Shop("server.forward-headers-strategy=" + strategy)) {
            HttpResponse<String> landing = shop.visitor.get(
                    "/pricing?irw_id=aff_1&plan=pro",
                    "Sec-Fetch-Mode",
                    "navigate",
                    "X-Forwarded-Proto",
                    "https",
                    "X-Forwarded-Host",
                    "www.example.com",
                    "X-Forwarded-Prefix",
                    "/shop");

            assertThat(landing.statusCode()).isEqualTo(302);
            assertThat(landing.headers().firstValue("Location")).hasValue("?plan=pro");
            assertThat(landing.headers().allValues("Set-Cookie"))
                    .hasSize(2)
                    .allMatch(line -> line.contains("; Secure") == secure);
        }
    }
}
