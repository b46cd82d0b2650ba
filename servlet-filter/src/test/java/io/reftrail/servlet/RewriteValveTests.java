package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** The filter behind Tomcat's own {@code RewriteValve}. */
class RewriteValveTests extends ServedContract {

    private static final String[] RULES = {
        "RewriteRule ^/catalogue/(.*)$ /$1 [QSA]",
        "RewriteRule ^/product/(.*)$ /item?id=$1 [QSA,E=reftrail.strip:wrap]",
        "RewriteRule ^/thing/(.*)$ /item?id=$1 [QSA]"
    };

    @Override
    WebServer start(WebApp app) {
        return TomcatServer.start(app, RULES);
    }

    @Test
    void theRedirectLeadsToThePathThatTheBrowserHasAskedFor() {
        RawResponse landing = send(RawRequest.navigation("/catalogue/a/b?irw_id=one&x=2"));

        assertThat(resolved("/catalogue/a/b?irw_id=one&x=2", landing)).isEqualTo("/catalogue/a/b?x=2");
    }

    @Test
    void aRuleThatChangesTheQueryAsksForNoRedirect() {
        RawResponse landing = send(RawRequest.navigation("/product/42?irw_id=one&x=2"));

        assertThat(landing.status()).isEqualTo(200);
        assertThat(landing.seen("query")).isEqualTo("id=42&x=2");
        assertThat(landing.cookies()).containsExactly(Kits.introwCookies("one"));
    }

    /** Tomcat leaves no trace of what it has changed. The page is the right one all the same. */
    @Test
    void aRuleThatDoesNotAskLeadsToTheSamePage() {
        RawResponse landing = send(RawRequest.navigation("/thing/42?irw_id=one&x=2"));
        String clean = resolved("/thing/42?irw_id=one&x=2", landing);

        assertThat(clean).startsWith("/thing/42?");
        assertThat(send(RawRequest.navigation(clean)).seen("query"))
                .startsWith("id=42&")
                .endsWith("x=2");
    }

    private static String resolved(String target, RawResponse landing) {
        HttpUrl page = HttpUrl.get("http://localhost" + target).resolve(landing.location());
        return page == null ? "" : page.encodedPath() + "?" + page.encodedQuery();
    }
}
