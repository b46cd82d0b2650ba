package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Behind a proxy that ends TLS and strips a prefix: where a redirect leads, and which cookies are {@code Secure}. */
class ProxyContract extends ServedContract {

    private final PrefixProxy proxy = new PrefixProxy(this::port);

    /** Who believes the proxy. */
    enum Believer {
        SPRINGS_FILTER,
        SERVER,
        NOBODY
    }

    private WebApp app(Believer believer) {
        WebApp app = believer == Believer.SPRINGS_FILTER
                ? new WebApp(new ForwardedHeaderFilter()).behind(clicks())
                : new WebApp(clicks());
        return believer == Believer.SERVER ? app.trustingTheProxy() : app;
    }

    private ReferralCaptureFilter clicks() {
        return ReferralCaptureFilter.builder(reftrail).build();
    }

    private RawResponse visit(String target) {
        return RawRequest.navigation(PrefixProxy.PREFIX + target).send(proxy.port());
    }

    @ParameterizedTest
    @EnumSource(Believer.class)
    void aRedirectStaysBelowThePrefixWhoeverBelievesTheProxy(Believer believer) {
        for (boolean relative : new boolean[] {true, false}) {
            serve(app(believer).relativeRedirects(relative));

            RawResponse landing = visit("/a/pricing?irw_id=one&plan=pro");

            assertThat(landing.status()).isEqualTo(302);
            HttpUrl page = HttpUrl.get("https://www.example.com/shop/a/pricing?irw_id=one&plan=pro");
            assertThat(page.resolve(landing.location()))
                    .isEqualTo(HttpUrl.get("https://www.example.com/shop/a/pricing?plan=pro"));
            assertThat(visit("/a/pricing?plan=pro").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"SPRINGS_FILTER, true", "SERVER, true", "NOBODY, false"})
    void cookiesAreSecureWhereSomebodyBelievesTheProxy(Believer believer, boolean secure) {
        serve(app(believer));

        assertThat(visit("/page?irw_id=one").cookies())
                .hasSize(2)
                .allMatch(line -> line.contains("; Secure") == secure);
    }

    @Test
    void cookiesAreSecureWhereNobodyDoesButTheSettingSaysSo() {
        serve(new WebApp(new ReferralCaptureFilter())
                .initParameter("introw.api-key", "key")
                .initParameter("cookie.secure", "always"));

        assertThat(visit("/page?irw_id=one").cookies()).hasSize(2).allMatch(line -> line.contains("; Secure"));
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }
}
