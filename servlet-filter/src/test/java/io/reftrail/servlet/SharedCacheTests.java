package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.cache.CacheConfig;
import org.apache.hc.client5.http.impl.cache.CachingHttpClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A shared cache (RFC 9111) between visitors and an application that calls its pages public, as a CDN may be told to. */
class SharedCacheTests extends ServedContract {

    private static final String VISITOR = "Mozilla/5.0 Firefox/140.0";

    private final AtomicInteger served = new AtomicInteger();
    private final CloseableHttpClient cache = CachingHttpClients.custom()
            .setCacheConfig(CacheConfig.custom().setSharedCache(true).build())
            .disableRedirectHandling()
            .disableCookieManagement()
            .build();

    @Override
    WebServer start(WebApp app) {
        return TomcatServer.start(app);
    }

    @BeforeEach
    void servePublicPages() {
        serve(publicPages(app(StripMode.WRAP)));
    }

    private WebApp publicPages(WebApp app) {
        return app.page("/", (request, response) -> {
            response.setHeader("Cache-Control", "public, max-age=3600");
            response.getWriter().print("page " + served.incrementAndGet());
        });
    }

    /** What came through the cache. */
    private record Page(String body, List<String> cookies) {}

    private Page visit(String target, String... headers) throws IOException {
        HttpGet request = new HttpGet("http://127.0.0.1:" + port() + target);
        for (int header = 0; header < headers.length; header += 2) {
            request.addHeader(headers[header], headers[header + 1]);
        }
        return cache.execute(
                request,
                response -> new Page(
                        response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity()),
                        Stream.of(response.getHeaders("Set-Cookie"))
                                .map(Header::getValue)
                                .toList()));
    }

    @Test
    void aPageWithoutAClickIsServedFromTheCacheAsEver() throws IOException {
        assertThat(visit("/page?plan=pro").body()).isEqualTo("page 1");
        assertThat(visit("/page?plan=pro", "Cookie", "_introw_aff=one").body()).isEqualTo("page 1");
    }

    @ParameterizedTest
    @EnumSource(StripMode.class)
    void theCookieOfOneVisitorIsNeverServedToAnother(StripMode strip) throws IOException {
        serve(publicPages(app(strip)));

        assertThat(visit("/page?irw_id=one").cookies()).hasSize(2);
        assertThat(visit("/page?irw_id=one").cookies()).hasSize(2);

        assertThat(captures.reports()).containsExactly("introw CAPTURED", "introw CAPTURED");
        assertThat(visit("/page").cookies()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StripMode.class)
    void aLinkThatACrawlerHasOpenedStillCountsForTheVisitorBehindIt(StripMode strip) throws IOException {
        serve(publicPages(app(strip)));
        assertThat(visit("/page?irw_id=one", "User-Agent", "Googlebot/2.1").cookies())
                .isEmpty();

        assertThat(visit("/page?irw_id=one", "User-Agent", VISITOR).cookies()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(ConsentPolicy.Consent.class)
    void aLinkOfOneVisitorsChoiceIsNotServedToAnotherWhoChoosesOtherwise(ConsentPolicy.Consent first)
            throws IOException {
        serve(publicPages(new WebApp(ReferralCaptureFilter.builder(reftrail)
                .strip(StripMode.WRAP)
                .consent(request -> request.getHeader("X-Choice") == null
                        ? ConsentPolicy.Consent.GRANTED
                        : ConsentPolicy.Consent.valueOf(request.getHeader("X-Choice")))
                .build())));
        visit("/page?irw_id=one", "X-Choice", first.name());

        assertThat(visit("/page?irw_id=one").cookies()).hasSize(2);
    }

    @AfterEach
    void closeCache() throws IOException {
        cache.close();
    }
}
