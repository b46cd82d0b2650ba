package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is there: a browser that loads ahead, a robot, nobody at all. */
class VisitorContract extends ServedContract {

    private static final String CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-Purpose | prefetch",
                "Sec-Purpose | prefetch;prerender",
                "Sec-Purpose | prefetch;anonymous-client-ip",
                "Purpose     | prefetch",
                "X-Moz       | prefetch",
                "X-Moz       | Prefetch"
            })
    void keepsAPrefetchedClickButReportsNoneYet(String header, String value) {
        RawResponse response =
                send(RawRequest.navigation("/page?irw_id=one&a=b").with(header, value));

        assertThat(response.status()).isEqualTo(302);
        assertThat(response.location()).isEqualTo("?a=b");
        assertThat(response.cookies()).containsExactly(introwCookies("one"));
        assertThat(captures.reports()).containsExactly("introw PREFETCHED");
    }

    /** A picture in a review, or on a host of the same site, whose cookies the browser takes: nobody has opened the link. */
    @ParameterizedTest
    @ValueSource(strings = {"image", "script", "style", "object", "embed", "audio", "worker"})
    void givesNoCookieToAPartOfAPage(String destination) {
        RawResponse response = send(RawRequest.get("/page?irw_id=one&a=b")
                .with("Sec-Fetch-Mode", "no-cors")
                .with("Sec-Fetch-Site", "same-site")
                .with("Sec-Fetch-Dest", destination));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo("a=b");
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw NOT_A_VISIT");
    }

    /** Nobody has opened the link, whatever the method: no click is reported to the vendor. */
    @ParameterizedTest
    @CsvSource({
        "OPTIONS, cors, empty",
        "POST, no-cors, empty",
        "POST, navigate, document",
        "DELETE, cors, empty",
        "GET, navigate, iframe",
        "GET, navigate, frame",
        "GET, no-cors, empty",
        "GET, cors, empty"
    })
    void keepsAndReportsNothingOfWhatIsNoVisit(String method, String mode, String destination) {
        RawResponse response = send(RawRequest.of(method, "/page?irw_id=one&a=b")
                .with("Sec-Fetch-Mode", mode)
                .with("Sec-Fetch-Site", "cross-site")
                .with("Sec-Fetch-Dest", destination)
                .with("Accept", "text/html"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw NOT_A_VISIT");
    }

    @Test
    void takesWhoeverHasActivatedTheNavigationForAPerson() {
        RawResponse response = send(RawRequest.navigation("/page?irw_id=one")
                .with("User-Agent", CRAWLER)
                .with("Sec-Fetch-User", "?1"));

        assertThat(response.cookies()).containsExactly(introwCookies("one"));
    }

    @Test
    void stripsAHeadRequestWithoutACookie() {
        serve(app(StripMode.WRAP).page("/head", (request, response) -> {
            response.setHeader("X-Query", String.valueOf(request.getQueryString()));
            response.setContentLength(0);
        }));

        RawResponse response = send(RawRequest.of("HEAD", "/head?irw_id=one&a=b"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers("X-Query")).containsExactly("a=b");
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw NOT_A_VISIT");
    }

    @Test
    void redirectsACrawlerToTheCleanUrlWithoutACookieAndOnce() {
        RawRequest landing = RawRequest.navigation("/page?irw_id=one&a=b").with("User-Agent", CRAWLER);

        RawResponse response = send(landing);
        assertThat(response.status()).isEqualTo(302);
        assertThat(response.location()).isEqualTo("?a=b");
        assertThat(response.cookies()).isEmpty();
        assertThat(response.cacheControl()).isEqualTo("no-store");
        assertThat(captures.reports()).containsExactly("introw CRAWLER");

        RawResponse again = send(landing);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.seen("query")).isEqualTo("a=b");
    }

    @ParameterizedTest
    @EnumSource(StripMode.class)
    void neverGivesACrawlerACookie(StripMode strip) {
        serve(app(strip));

        RawResponse response =
                send(RawRequest.get("/page?irw_id=one&refp_id=two").with("User-Agent", CRAWLER));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo(strip == StripMode.OFF ? "irw_id=one&refp_id=two" : "<none>");
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw CRAWLER", "refport CRAWLER");
    }
}
