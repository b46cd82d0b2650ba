package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter behind a real nginx that rewrites paths, with the buffers that it has by default. */
@Tag("compatibility")
class NginxTests extends ServedContract {

    @TempDir
    private Path directory;

    private NginxServer nginx;

    @Override
    WebServer start(WebApp app) {
        return TomcatServer.start(app);
    }

    @BeforeEach
    void startNginx() {
        if (NginxServer.program() == null) {
            System.out.println("SKIPPED: NginxTests needs nginx (apt-get install nginx-light)");
        }
        Assumptions.assumeTrue(NginxServer.program() != null, "nginx is not installed");
        nginx = start();
    }

    private NginxServer start() {
        String said = Stream.of(
                        "X-Original-URI", "X-Original-URL", "X-Rewrite-URL", "X-Envoy-Original-Path", "X-Forwarded-Uri")
                .map(header -> """
                        location /said/%1$s { rewrite ^/said/[^/]*/(.*)$ /item?id=$1 break; proxy_pass ORIGIN;
                                              proxy_set_header %1$s $request_uri; }
                        """.formatted(header))
                .collect(Collectors.joining());
        return NginxServer.start(Objects.requireNonNull(NginxServer.program()), directory, port(), said + """
                location /silent { rewrite ^/silent/(.*)$ /item?id=$1 break; proxy_pass ORIGIN; }
                location /shop { rewrite ^/shop/?(.*)$ /$1 break; proxy_pass ORIGIN; }
                location / { proxy_pass ORIGIN; }
                """);
    }

    @AfterEach
    void stopNginx() {
        if (nginx != null) {
            nginx.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/shop?irw_id=one&x=2, /shop?x=2",
        "/shop/?irw_id=one&x=2, /shop/?x=2",
        "/shop/a/b?irw_id=one&x=2, /shop/a/b?x=2",
        "/shop/a/b?x=2&irw_id=one, /shop/a/b?x=2",
        "/shop?irw_id=one, /shop?",
        "/page?irw_id=one&x=2, /page?x=2"
    })
    void theRedirectLeadsToThePageThatTheBrowserHasAskedFor(String target, String clean) {
        RawResponse landing = visit(target);

        assertThat(landing.status()).isEqualTo(302);
        assertThat(HttpUrl.get("http://localhost" + target).resolve(landing.location()))
                .isEqualTo(HttpUrl.get("http://localhost" + clean));
        assertThat(landing.cookies()).containsExactly(Kits.introwCookies("one"));
        assertThat(visit(clean).status()).isEqualTo(200);
    }

    /** Answered by 502 if the header of the response were longer than nginx's buffer of 4 kB. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_000, 3_000, 3_500, 3_900, 4_500, 7_900})
    void aLongQueryBreaksNoPage(int length) {
        RawResponse landing = visit("/page?irw_id=one&x=" + "y".repeat(length));

        assertThat(landing.status()).isIn(200, 302);
        assertThat(landing.cookies()).containsExactly(Kits.introwCookies("one"));
    }

    @ParameterizedTest
    @CsvSource({"20, 0", "20, 1000", "20, 2500", "20, 3500", "20, 7500", "100, 0", "100, 2000", "200, 2000"})
    void theCookiesOfAllVendorsBreakNoPage(int clickId, int rest) {
        try (Reftrail all = Kits.allVendors(captures)) {
            nginx.close();
            serve(new WebApp(ReferralCaptureFilter.builder(all).build()));
            nginx = start();

            RawResponse landing = visit(Kits.linkOfAllVendors(clickId, rest));

            assertThat(landing.status()).isIn(200, 302);
            assertThat(landing.cookies()).hasSizeGreaterThanOrEqualTo(6);
        }
    }

    /** Proxies say in these headers what they have rewritten, some of them by themselves. */
    @ParameterizedTest
    @ValueSource(
            strings = {"X-Original-URI", "X-Original-URL", "X-Rewrite-URL", "X-Envoy-Original-Path", "X-Forwarded-Uri"})
    void aQueryThatIsSaidToBeRewrittenIsNotSentBack(String header) {
        RawResponse landing = visit("/said/" + header + "/42?irw_id=one&x=2");

        assertThat(landing.status()).isEqualTo(200);
        assertThat(landing.seen("query")).isEqualTo("id=42&x=2");
        assertThat(landing.cookies()).containsExactly(Kits.introwCookies("one"));
    }

    /** Nothing shows that a silent rule has rewritten the query. The page is the right one, with a parameter twice. */
    @Test
    void aQueryThatIsRewrittenSilentlyIsSentBackOnce() {
        RawResponse landing = visit("/silent/42?irw_id=one&x=2");
        RawResponse page = visit("/silent/42" + landing.location());

        assertThat(landing.location()).isEqualTo("?id=42&x=2");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.seen("query")).isEqualTo("id=42&id=42&x=2");
    }

    private RawResponse visit(String target) {
        return RawRequest.navigation(target).send(nginx.port());
    }
}
