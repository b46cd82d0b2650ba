package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 on the wire: field names in lower case, no reason phrase, cookies in several fields (RFC 9113, section 8.2.3). */
class Http2Contract extends ServedContract {

    private final HttpClient client =
            HttpClient.newBuilder().version(Version.HTTP_2).build();

    /** The first exchange of a connection may still be HTTP/1.1 that asks for the upgrade. */
    @BeforeEach
    void connect() throws IOException, InterruptedException {
        assertThat(get("/page").version()).isEqualTo(Version.HTTP_2);
    }

    private HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target));
        for (int header = 0; header < headers.length; header += 2) {
            request.header(headers[header], headers[header + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void redirectsANavigationToTheCleanUrlWithTheCookies() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/pricing?irw_id=one&plan=pro", "Sec-Fetch-Mode", "navigate");

        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().allValues("location")).containsExactly("?plan=pro");
        assertThat(response.headers().allValues("set-cookie")).containsExactly(introwCookies("one"));
        assertThat(response.headers().allValues("cache-control")).containsExactly("no-store");
    }

    /** A server that cannot send a header ends the whole connection, with all that it carries. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 3_900, 6_500})
    void aLongLandingWithTheCookiesOfAllVendorsKeepsTheConnection(int length) throws IOException, InterruptedException {
        try (Reftrail all = Kits.allVendors(captures)) {
            serve(new WebApp(ReferralCaptureFilter.builder(all).build()));
            connect();

            HttpResponse<String> landing = get(Kits.linkOfAllVendors(100, length), "Sec-Fetch-Mode", "navigate");

            assertThat(landing.version()).isEqualTo(Version.HTTP_2);
            assertThat(landing.statusCode()).isIn(200, 302);
            assertThat(landing.headers().allValues("set-cookie")).hasSizeGreaterThanOrEqualTo(6);
            assertThat(get("/page").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void findsAClickInAnyOfSeveralCookieFields() throws IOException, InterruptedException {
        try (Reftrail own =
                Kits.builder(captures).transport(StubBackend.UNREACHABLE).build()) {
            serve(SignUp.addTo(new WebApp(ReferralCaptureFilter.builder(own).build())));

            HttpResponse<String> response =
                    get("/clicks", "Cookie", "a=b", "Cookie", "_introw_aff=one", "Cookie", "c=d");

            assertThat(response.version()).isEqualTo(Version.HTTP_2);
            assertThat(response.body()).isEqualTo("[one]");
        }
    }
}
