package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.Referrers.Place;
import io.reftrail.journey.Touch.Origin;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@code Referer} header says: its host, and what kind of place that is. */
class ReferrersTests {

    private final Referrers referrers = new Referrers(Set.of("login.example.org"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://www.example.com/, www.example.com",
                "https://www.example.com, www.example.com",
                "http://EXAMPLE.com:8080/a?b#c, example.com",
                "https://user:secret@example.com/, example.com",
                "https://evil.com@example.com/, example.com",
                "https://example.com\\@evil.com/, example.com",
                "https://example.com?https://other.com/, example.com",
                "https://example.com./, example.com",
                "https://xn--bcher-kva.example/, xn--bcher-kva.example",
                "https://127.0.0.1:3000/, 127.0.0.1",
                "android-app://com.google.android.gm/, com.google.android.gm",
                "HTTPS://example.com/, example.com",
                "about:blank, none",
                "//example.com/, none",
                "example.com, none",
                "https://, none",
                "https:///path, none",
                "https://[::1]/, none",
                "https://exa mple.com/, none",
                "https://bücher.example/, none",
                "javascript:alert(1), none",
                "file:///etc/passwd, none",
            })
    void theHostIsRead(String referrer, String host) {
        assertThat(Referrers.host(referrer)).isEqualTo(host);
    }

    @Test
    void aHostLongerThanANameMayBeIsNone() {
        assertThat(Referrers.host("https://" + "a.".repeat(126) + "b/")).isNotNull();
        assertThat(Referrers.host("https://" + "a.".repeat(127) + "b/")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "www.google.com, SEARCH, Google",
        "www.google.co.uk, SEARCH, Google",
        "google.de, SEARCH, Google",
        "images.google.fr, SEARCH, Google Images",
        "com.google.android.googlequicksearchbox, SEARCH, Google",
        "www.bing.com, SEARCH, Bing",
        "cc.bing.com, SEARCH, Bing",
        "duckduckgo.com, SEARCH, DuckDuckGo",
        "search.yahoo.com, SEARCH, Yahoo!",
        "de.search.yahoo.com, SEARCH, Yahoo!",
        "www.ecosia.org, SEARCH, Ecosia",
        "www.facebook.com, SOCIAL, Facebook",
        "lm.facebook.com, SOCIAL, Facebook",
        "t.co, SOCIAL, Twitter",
        "x.com, SOCIAL, Twitter",
        "www.linkedin.com, SOCIAL, LinkedIn",
        "out.reddit.com, SOCIAL, reddit",
        "news.ycombinator.com, SOCIAL, Hacker News",
        "mail.google.com, MAIL, Gmail",
        "com.google.android.gm, MAIL, Gmail",
        "outlook.live.com, MAIL, Outlook",
        "chatgpt.com, AI_ASSISTANT, ChatGPT",
        "chat.openai.com, AI_ASSISTANT, ChatGPT",
        "www.perplexity.ai, AI_ASSISTANT, Perplexity",
        "claude.ai, AI_ASSISTANT, Claude",
        "gemini.google.com, AI_ASSISTANT, Gemini",
        "copilot.microsoft.com, AI_ASSISTANT, Copilot",
        "docs.google.com, SITE, docs.google.com",
        "www.example.com, SITE, example.com",
        "google.evil.com, SITE, google.evil.com",
        "notgoogle.com, SITE, notgoogle.com",
        "facebook.com.evil.com, SITE, facebook.com.evil.com",
        "localhost, SITE, localhost",
        "127.0.0.1, SITE, 127.0.0.1",
        "com, SITE, com",
    })
    void aPlaceHasAClassAndAName(String host, Origin origin, String name) {
        assertThat(referrers.place(host)).extracting(Place::origin, Place::name).containsExactly(origin, name);
    }

    @ParameterizedTest
    @CsvSource({
        "checkout.stripe.com",
        "www.paypal.com",
        "pay.klarna.com",
        "live.adyen.com",
        "accounts.google.com",
        "appleid.apple.com",
        "login.microsoftonline.com",
        "shop.eu.auth0.com",
        "shop.okta.com",
        "login.example.org",
        "eu.login.example.org",
    })
    void paymentAndSignInAreNoPlacesToComeFrom(String host) {
        assertThat(referrers.place(host).origin()).isNull();
    }

    /** Their pages link to a shop as any other site does. */
    @ParameterizedTest
    @CsvSource({"stripe.com", "www.apple.com", "www.klarna.com", "example.org"})
    void theOtherPagesOfTheSameCompaniesAre(String host) {
        assertThat(referrers.place(host).origin()).isEqualTo(Origin.SITE);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com, true",
        "www.example.com, shop.example.com, true",
        "example.co.uk, shop.example.co.uk, true",
        "a.co.uk, b.co.uk, false",
        "one.github.io, two.github.io, false",
        "example.com, example.org, false",
        "localhost, localhost, true",
        "127.0.0.1, 127.0.0.2, false",
    })
    void aSiteIsAllHostsBelowItsRegistrableDomain(String one, String other, boolean same) {
        assertThat(referrers.isSameSite(one, other)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com/a, shop.example.com, true",
        "http://SHOP.example.com:8080, shop.example.com, true",
        "https://shop.example.com, shop.example.com, true",
        "https://shop.example.com.evil.com/, shop.example.com, false",
        "https://evil.com/https://shop.example.com/, shop.example.com, false",
        "shop.example.com, shop.example.com, false",
        "https://shop, shop.example.com, false",
    })
    void aPageOfTheSameHostIsRecognised(String referrer, String host, boolean on) {
        assertThat(Referrers.isOn(referrer, host)).isEqualTo(on);
    }
}
