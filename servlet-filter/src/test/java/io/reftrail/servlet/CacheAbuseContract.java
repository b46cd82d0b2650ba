package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A shared cache in front of the application, whatever is in its key: nobody fills it with an answer that differs from what the clean
 * URL gives, and nobody reads somebody else's from it.
 */
class CacheAbuseContract extends ServedContract {

    private static final String PUBLIC = "public, max-age=3600";
    private static final String HOST = "evil.example";

    private WebApp cacheable(StripMode strip) {
        return app(strip)
                .page("/page", (request, response) -> {
                    response.setHeader("Cache-Control", PUBLIC);
                    new ProbePage().serve(request, response);
                })
                .page("/account/*", (request, response) -> {
                    response.setHeader("Cache-Control", PUBLIC);
                    new ProbePage().serve(request, response);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host",
                "X-Forwarded-Server",
                "X-Forwarded-Prefix",
                "X-Forwarded-Path",
                "X-Forwarded-Uri",
                "X-Forwarded-Proto",
                "X-Forwarded-Scheme",
                "X-Forwarded-Port",
                "X-Host",
                "X-HTTP-Host-Override",
                "X-Original-URL",
                "X-Original-Host",
                "X-Rewrite-URL",
                "X-Envoy-Original-Path",
                "Forwarded",
                "Origin",
                "Referer",
                "X-HTTP-Method-Override"
            })
    void headersThatNoCacheHasInItsKeyChangeNothing(String header) {
        for (StripMode strip : StripMode.values()) {
            serve(cacheable(strip));
            RawResponse plain = send(RawRequest.navigation("/page?irw_id=one&a=b"));
            RawResponse forged =
                    send(RawRequest.navigation("/page?irw_id=one&a=b").with(header, "//" + HOST + "/x"));

            assertThat(forged.location()).isIn(plain.location(), "");
            assertThat(forged.cookies()).isEqualTo(plain.cookies());
            assertThat(forged.headers("Cache-Control")).containsExactly("no-store");
            assertThat(forged.headerLines()).noneMatch(line -> line.contains(HOST));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StripMode.class,
            names = {"REDIRECT", "WRAP"})
    void whatMayBeCachedOfALinkIsWhatTheCleanUrlGives(StripMode strip) {
        serve(cacheable(strip));
        RawResponse clean = send(RawRequest.get("/page?a=b"));
        assertThat(clean.headers("Cache-Control")).containsExactly(PUBLIC);

        for (RawRequest cacheable :
                new RawRequest[] {RawRequest.get("/page?a=b&irw_id=%20"), RawRequest.get("/page?irw_id=&a=b")}) {
            RawResponse response = send(cacheable);
            assertThat(response.headers("Cache-Control")).containsExactly(PUBLIC);
            assertThat(response.cookies()).isEmpty();
            assertThat(response.seen("query")).isEqualTo(clean.seen("query"));
            assertThat(response.seen("parameter a")).isEqualTo(clean.seen("parameter a"));
            assertThat(response.body()).doesNotContain("irw_id");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account/x.css", "/account/settings;x.css", "/account/%2e%2e/x.js", "/account/a.png"})
    void aPageThatLooksLikeAFileIsNotCachedWithACookie(String path) {
        for (StripMode strip : StripMode.values()) {
            serve(cacheable(strip));
            for (RawRequest request :
                    new RawRequest[] {RawRequest.get(path + "?irw_id=one"), RawRequest.navigation(path + "?irw_id=one")
                    }) {
                RawResponse response = send(request);

                assertThat(response.cookies()).hasSize(2);
                assertThat(response.headers("Cache-Control")).isNotEmpty().allMatch(CacheControl::forbidsStoring);
            }
        }
    }

    @Test
    void aRedirectIsNeverCached() {
        serve(cacheable(StripMode.REDIRECT));
        RawResponse landing = send(RawRequest.navigation("/page?irw_id=one"));

        assertThat(landing.status()).isEqualTo(302);
        assertThat(landing.headers("Cache-Control")).containsExactly("no-store");
    }
}
