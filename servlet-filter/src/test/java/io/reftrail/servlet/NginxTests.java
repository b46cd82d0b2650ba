package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter behind a real nginx that rewrites paths, with the buffers that it has by default. */
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
        Path program = NginxServer.program();
        if (program == null) {
            System.out.println("SKIPPED: NginxTests needs nginx (apt-get install nginx-light)");
        }
        Assumptions.assumeTrue(program != null, "nginx is not installed");
        nginx = NginxServer.start(program, directory, port(), """
                location /shop { rewrite ^/shop/?(.*)$ /$1 break; proxy_pass ORIGIN; }
                location /product { rewrite ^/product/(.*)$ /item?id=$1 break; proxy_pass ORIGIN;
                                    proxy_set_header X-Original-URI $request_uri; }
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

    @Test
    void aQueryThatNginxHasRewrittenIsNotSentBack() {
        RawResponse landing = visit("/product/42?irw_id=one&x=2");

        assertThat(landing.status()).isEqualTo(200);
        assertThat(landing.seen("query")).isEqualTo("id=42&x=2");
        assertThat(landing.cookies()).containsExactly(Kits.introwCookies("one"));
    }

    /** Answered by 502 if the header of the response were longer than nginx's buffer of 4 kB. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_000, 3_000, 3_500, 3_900, 4_500, 7_900})
    void aLongQueryBreaksNoPage(int length) {
        RawResponse landing = visit("/page?irw_id=one&x=" + "y".repeat(length));

        assertThat(landing.status()).isIn(200, 302);
        assertThat(landing.cookies()).containsExactly(Kits.introwCookies("one"));
    }

    private RawResponse visit(String target) {
        return RawRequest.navigation(target).send(nginx.port());
    }
}
