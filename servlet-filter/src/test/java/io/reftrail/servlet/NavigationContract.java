package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static io.reftrail.servlet.Kits.refportCookies;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a captured parameter leaves the URL, by the kind of request. */
class NavigationContract extends ServedContract {

    @Test
    void redirectsANavigationToTheCleanUrlWithTheCookieOfEachBackend() {
        RawResponse response = send(RawRequest.navigation("/pricing?plan=pro&irw_id=one&x=%20+&refp_id=a%2Fb"));

        assertThat(response.status()).isEqualTo(302);
        assertThat(response.location()).isEqualTo("?plan=pro&x=%20+");
        assertThat(response.cookies()).containsExactly(inOrder(introwCookies("one"), refport("a/b", "a%2Fb")));
        assertThat(response.cacheControl()).isEqualTo("no-store");
        assertThat(response.body()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw CAPTURED", "refport CAPTURED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-Fetch-Mode: navigate    | 302 | true",
                "Sec-Fetch-Mode: cors        | 200 | false",
                "Sec-Fetch-Mode: no-cors     | 200 | false",
                "Sec-Fetch-Mode: same-origin | 200 | false",
                "Accept: text/html           | 302 | true",
                "Accept: Text/HTML;q=0.9     | 302 | true",
                "Accept: application/json    | 200 | false",
                "Accept: */*                 | 200 | false",
                "X-Nothing: 1                | 200 | true"
            })
    void capturesAndRedirectsOnlyWhatFetchMetadataOrElseTheAcceptHeaderCallsAPage(
            String header, int status, boolean captured) {
        String[] parts = header.split(": ", 2);

        RawResponse response = send(RawRequest.get("/page?irw_id=one&a=b").with(parts[0], parts[1]));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.cookies()).containsExactly(captured ? introwCookies("one") : new String[0]);
        assertThat(captures.reports()).containsExactly(captured ? "introw CAPTURED" : "introw NOT_A_VISIT");
        assertThat(response.status() == 302 ? "a=b" : response.seen("query")).isEqualTo("a=b");
    }

    @Test
    void letsFetchMetadataOverruleTheAcceptHeader() {
        RawResponse response = send(RawRequest.get("/page?irw_id=one")
                .with("Sec-Fetch-Mode", "cors")
                .with("Accept", "text/html"));

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void hidesTheParametersFromTheApplicationWhereItDoesNotRedirect() {
        RawResponse response = send(RawRequest.get("/params?a=1&irw_id=one&a=2&refp_id=two"));

        assertThat(response.seen("query")).isEqualTo("a=1&a=2");
        assertThat(response.seen("parameter a")).isEqualTo("[1, 2]");
        assertThat(response.body()).doesNotContain("irw_id", "refp_id");
        assertThat(response.cookies()).containsExactly(inOrder(introwCookies("one"), refportCookies("two")));
        assertThat(response.cacheControl()).isEqualTo("no-store");
    }

    @Test
    void hasNoQueryWhereNothingRemains() {
        assertThat(send(RawRequest.get("/page?irw_id=one")).seen("query")).isEqualTo(ProbePage.NONE);
    }

    @Test
    void neverRedirectsWhenStrippingByWrapping() {
        serve(app(StripMode.WRAP));

        RawResponse response = send(RawRequest.navigation("/params?irw_id=one&a=b"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo("a=b");
        assertThat(response.body()).doesNotContain("irw_id");
        assertThat(response.cookies()).containsExactly(introwCookies("one"));
    }

    @Test
    void leavesTheParametersWhereStrippingIsOff() {
        serve(app(StripMode.OFF));

        RawResponse response = send(RawRequest.navigation("/params?irw_id=one&a=b"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo("irw_id=one&a=b");
        assertThat(response.seen("parameter irw_id")).isEqualTo("[one]");
        assertThat(response.cookies()).containsExactly(introwCookies("one"));
        assertThat(response.cacheControl()).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", "/page?", "/page?a=b&irw_idx=1&xirw_id=2", "/page?a=irw_id=one"})
    void passesEverythingElseThrough(String target) {
        RawResponse response = send(RawRequest.navigation(target));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.cookies()).isEmpty();
        assertThat(response.headers("Cache-Control")).isEmpty();
        assertThat(captures.reports()).isEmpty();
    }

    private static String[] refport(String clickId, String encoded) {
        String[] cookies = refportCookies(clickId);
        cookies[0] = cookies[0].replace(clickId, encoded);
        return cookies;
    }

    private static String[] inOrder(String[] first, String[] second) {
        return new String[] {first[0], first[1], second[0], second[1]};
    }
}
