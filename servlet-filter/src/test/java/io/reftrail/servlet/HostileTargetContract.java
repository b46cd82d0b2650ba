package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 9: whatever stands in the path or the query, a redirect leads back to the same page. */
class HostileTargetContract extends ServedContract {

    private static final String[] QUERIES = {
        "irw_id=one",
        "irw_id=one&a=b",
        "next=//evil.example/&irw_id=one",
        "irw_id=one&next=\\\\evil.example/\\",
        "irw_id=one&http://evil.example/",
        "/\\evil.example&irw_id=one",
        "irw_id=one&x=%0d%0aLocation:%20//evil.example",
        "irw_id=one&x=?//evil.example",
        "irw_id=one&x=\"<>^`{|}"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "//evil.example",
                "///evil",
                "////evil.example/..",
                "/\\evil.example/",
                "/\\evil.example",
                "/\\\\evil.example",
                "\\\\evil.example/",
                "/a;jsessionid=x",
                "/;jsessionid=x",
                "/%0d%0a",
                "/%0d%0aSet-Cookie:x=y",
                "/..//evil.example",
                "/a/..//evil.example",
                "/%2f%2fevil.example",
                "/%5c%5cevil.example",
                "/.%2e/",
                "/.%2e//evil.example",
                "/%2e%2e/%2fevil.example",
                "/.;/evil.example",
                "/..;//evil.example",
                "/a:b",
                "/javascript:alert(1)",
                "/http://evil.example",
                "/http:evil.example",
                "/@evil.example",
                "/%",
                "/%zz",
                "/\u00fc",
                "/a\"<>^`{|}b",
                "/..",
                "/."
            })
    void redirectsToTheSamePageOrNotAtAll(String path) {
        for (String query : QUERIES) {
            RawResponse response = send(RawRequest.navigation(path + "?" + query));

            assertThat(response.status()).isIn(200, 302, 400);
            assertThat(response.headers("Location")).hasSize(response.status() == 302 ? 1 : 0);
            if (response.status() == 302) {
                assertThat(response.location())
                        .matches("\\?[\\x21-\\x7e]*")
                        .doesNotContain("#")
                        .doesNotContain("irw_id");
            } else if (response.status() == 200) {
                assertThat(response.body()).doesNotContain("irw_id");
            }
        }
    }

    @Test
    void letsNobodyChooseTheHostByAnAbsoluteTarget() {
        RawResponse response = send(RawRequest.navigation("http://evil.example/page?irw_id=one&a=b"));

        assertThat(response.status()).isIn(302, 400);
        assertThat(response.location()).isIn("?a=b", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:443", "localhost\\@evil.example"})
    void letsNobodyChooseTheHostByAHeader(String host) {
        RawResponse response = send(RawRequest.navigation("/page?irw_id=one")
                .with("X-Forwarded-Host", host)
                .with("Forwarded", "host=" + host)
                .with("X-Forwarded-Prefix", "//" + host));

        assertThat(response.location()).isEqualTo("?");
    }
}
