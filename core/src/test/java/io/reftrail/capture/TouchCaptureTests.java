package io.reftrail.capture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.TouchCapture.Arrival;
import io.reftrail.capture.TouchCapture.Found;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Ad;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a touch: the table of docs/attribution.md, without a server. */
class TouchCaptureTests {

    private static final String GOOGLE = "https://www.google.com/";

    private static final CaptureRule EXCHANGED = new CaptureRule(
                    "affonso",
                    List.of("via"),
                    "affonso_referral",
                    Duration.ofDays(30),
                    100,
                    CaptureRule.CookieEncoding.RAW,
                    true)
            .meaning(CaptureRule.Meaning.EXCHANGED_CODE);

    private final HandSetClock clock = new HandSetClock();
    private final TouchCapture touches = new TouchCapture(
            new TouchSettings(Duration.ofDays(90), Set.of("login.example.org")),
            new AttributionCookies(CookieSettings.DEFAULT),
            CookieSigning.NONE,
            clock);
    private RecordingExchange exchange = RecordingExchange.with();

    private static Arrival arrival(@Nullable String query, @Nullable String referrer, @Nullable String fetchSite) {
        return new Arrival("shop.example.com", "/landing", query, referrer, fetchSite);
    }

    /** Comes to the site as one browser does again and again. */
    private @Nullable TouchResult come(
            @Nullable String query, @Nullable String referrer, @Nullable String fetchSite, CapturedClick... clicks) {
        exchange = exchange.next();
        Found found = touches.find(arrival(query, referrer, fetchSite), List.of(clicks), exchange);
        if (found == null) {
            return null;
        }
        if (found.touch() != null) {
            touches.store(found.touch(), exchange);
        }
        return found.result();
    }

    private List<Touch> stored() {
        return touches.touches(exchange.next());
    }

    private Touch only() {
        assertThat(stored()).hasSize(1);
        return stored().get(0);
    }

    @Test
    void aTouchKnowsItsTimeOriginReferrerPathAndLink() {
        come(
                "utm_source=news&utm_medium=mail&utm_campaign=May%20sale&utm_term=t&utm_content=c&a=b&gclid=G1&fbclid=F1",
                GOOGLE + "search?q=secret", "cross-site", new CapturedClick(Rules.PLAIN, "click"));

        assertThat(only())
                .isEqualTo(new Touch(
                        clock.instant(),
                        Origin.SEARCH,
                        "news",
                        "www.google.com",
                        "/landing",
                        new Utm("news", "mail", "May sale", "t", "c"),
                        new Ad("gclid", "G1"),
                        new Partner(Rules.PLAIN.backend(), null)));
        assertThat(exchange.setCookies()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("_reftrail-touches=1")
                .endsWith("; Max-Age=7776000; Path=/; Secure; HttpOnly; SameSite=Lax")
                .doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://www.google.de/, cross-site, -, SEARCH, Google",
                "https://l.facebook.com/, cross-site, -, SOCIAL, Facebook",
                "https://mail.google.com/, cross-site, -, MAIL, Gmail",
                "https://chatgpt.com/, cross-site, -, AI_ASSISTANT, ChatGPT",
                "https://blog.example.org/a, cross-site, -, SITE, blog.example.org",
                "https://blog.example.org/a, -, -, SITE, blog.example.org",
                "android-app://com.google.android.gm/, none, -, MAIL, Gmail",
                "-, cross-site, -, HIDDEN, hidden",
                "about:client, cross-site, -, HIDDEN, hidden",
                "about:client, -, -, HIDDEN, hidden",
                "-, none, -, DIRECT, direct",
                "-, -, -, DIRECT, direct",
                "-, none, utm_source=podcast, DIRECT, podcast",
                "-, none, gclid=1, DIRECT, Google",
                "-, cross-site, msclkid=1, HIDDEN, Bing",
                "https://blog.example.org/a, cross-site, gclid=1, SITE, Google",
                "https://blog.example.org/a, cross-site, UTM_Source=Podcast, SITE, Podcast",
                "https://blog.example.org/a, cross-site, utm_source=, SITE, blog.example.org",
                "https://blog.example.org/a, cross-site, utm_source=%20&utm_source=two, SITE, two",
                "https://blog.example.org/a, cross-site, utm_source=%00x, SITE, blog.example.org",
                "https://blog.example.org/a, cross-site, utm_source=%zz, SITE, blog.example.org",
            })
    void aVisitFromOutsideHasAnOriginAndASource(
            @Nullable String referrer, @Nullable String site, @Nullable String query, Origin origin, String source) {
        assertThat(come(query, referrer, site)).isEqualTo(TouchResult.RECORDED);

        assertThat(only().origin()).isEqualTo(origin);
        assertThat(only().source()).isEqualTo(source);
    }

    @Test
    void aPartnerLinkIsATouchOfItsVendorWithTheCodeIfThereIsOne() {
        come("via=nora", GOOGLE, "cross-site", new CapturedClick(EXCHANGED, "nora"));

        assertThat(only().partner()).isEqualTo(new Partner(EXCHANGED.backend(), "nora"));
        assertThat(only().source()).isEqualTo(EXCHANGED.backend());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://shop.example.com/a, same-origin",
                "https://shop.example.com/a, -",
                "https://www.example.com/a, same-site",
                "https://www.example.com/a, -",
                "http://shop.example.com:8080/a, -",
                "-, same-origin",
                "https://www.google.com/, same-origin",
            })
    void aVisitWithinTheSiteIsNone(@Nullable String referrer, @Nullable String site) {
        assertThat(come("utm_source=banner", referrer, site)).isNull();
        assertThat(exchange.setCookies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://checkout.stripe.com/, session=1",
                "https://www.paypal.com/, -",
                "https://accounts.google.com/, -",
                "https://shop.eu.auth0.com/, code=1",
                "https://login.example.org/, -",
                "https://github.com/, code=abc&state=xyz",
                "-, error=access_denied&state=xyz",
                "https://bank.example.net/, payment_intent=pi_1&payment_intent_client_secret=s&redirect_status=succeeded",
                "https://bank.example.net/, token=EC-1&PayerID=2",
            })
    void whoComesBackFromPayingOrSigningInIsNotBroughtBySomebody(@Nullable String referrer, @Nullable String query) {
        assertThat(come(query, referrer, "cross-site")).isEqualTo(TouchResult.RETURNED);
        assertThat(exchange.setCookies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code=SUMMER", "state=CA", "error=1&code=2"})
    void aPlainCodeInALinkIsNoReturn(String query) {
        assertThat(come(query, GOOGLE, "cross-site")).isEqualTo(TouchResult.RECORDED);
    }

    @Test
    void visitsOfOneSourceWithinHalfAnHourAreOneTouch() {
        assertThat(come(null, GOOGLE, "cross-site")).isEqualTo(TouchResult.RECORDED);
        clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(come(null, GOOGLE, "cross-site")).isEqualTo(TouchResult.SAME_SESSION);
        assertThat(come(null, null, "none")).isEqualTo(TouchResult.SAME_SESSION);
        assertThat(come(null, "https://t.co/", "cross-site")).isEqualTo(TouchResult.RECORDED);
        assertThat(come(null, GOOGLE, "cross-site")).isEqualTo(TouchResult.RECORDED);
        clock.advance(Duration.ofMinutes(30));
        assertThat(come(null, GOOGLE, "cross-site")).isEqualTo(TouchResult.RECORDED);

        assertThat(stored()).extracting(Touch::source).containsExactly("Google", "Twitter", "Google", "Google");
    }

    @Test
    void anotherCampaignOrPartnerIsAnotherTouch() {
        come("utm_source=news&utm_campaign=one", GOOGLE, "cross-site");
        assertThat(come("utm_source=news&utm_campaign=one", GOOGLE, "cross-site"))
                .isEqualTo(TouchResult.SAME_SESSION);
        assertThat(come("utm_source=news&utm_campaign=two", GOOGLE, "cross-site"))
                .isEqualTo(TouchResult.RECORDED);
        assertThat(come(null, GOOGLE, "cross-site", new CapturedClick(EXCHANGED, "nora")))
                .isEqualTo(TouchResult.RECORDED);
        assertThat(come(null, GOOGLE, "cross-site", new CapturedClick(EXCHANGED, "kim")))
                .isEqualTo(TouchResult.RECORDED);
        assertThat(come(null, GOOGLE, "cross-site", new CapturedClick(EXCHANGED, "kim")))
                .isEqualTo(TouchResult.SAME_SESSION);
    }

    /** The browser keeps the referrer through the redirect, and the partner's parameter is gone. */
    @Test
    void thePageBehindTheCleanUrlRedirectIsTheSameTouch() {
        come("via=nora", "https://blog.example.org/", "cross-site", new CapturedClick(EXCHANGED, "nora"));

        assertThat(come(null, "https://blog.example.org/", "cross-site")).isEqualTo(TouchResult.SAME_SESSION);
        assertThat(only().partner()).isNotNull();
    }

    @Test
    void withoutFetchMetadataOnlyTheFirstVisitWithoutAReferrerIsDirect() {
        assertThat(come(null, null, null)).isEqualTo(TouchResult.RECORDED);
        clock.advance(Duration.ofDays(1));
        assertThat(come(null, null, null)).isNull();
        assertThat(come(null, null, "none")).isEqualTo(TouchResult.RECORDED);
    }

    @Test
    void touchesEndWithTheWindow() {
        come(null, GOOGLE, "cross-site");
        clock.advance(Duration.ofDays(60));
        come(null, "https://t.co/", "cross-site");
        clock.advance(Duration.ofDays(31));

        assertThat(only().source()).isEqualTo("Twitter");
    }

    @Test
    void forgottenTouchesAreGoneInTheSameRequestToo() {
        come(null, GOOGLE, "cross-site");
        exchange = exchange.next();

        touches.forget(exchange);

        assertThat(touches.touches(exchange)).isEmpty();
        assertThat(exchange.setCookies())
                .containsExactly("_reftrail-touches=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(stored()).isEmpty();
    }

    @Test
    void nothingIsExpiredThatTheBrowserDoesNotHave() {
        touches.forget(exchange);

        assertThat(exchange.setCookies()).isEmpty();
    }

    @Test
    void theCookieHasThePrefixOfTheOthers() {
        CookieSigning signing = CookieSigning.of(List.of("0123456789abcdefghijklmnopqrstuvwxyz"), false, null, true);
        CookieSettings settings =
                new CookieSettings("/", null, CookieSettings.SameSite.LAX, CookieSettings.Secure.ALWAYS);
        TouchCapture signed = new TouchCapture(
                TouchSettings.DEFAULT, new AttributionCookies(settings, signing, clock), signing, clock);
        Found found = signed.find(arrival(null, GOOGLE, "cross-site"), List.of(), exchange);

        signed.store(requireNonNull(requireNonNull(found).touch()), exchange);

        assertThat(exchange.setCookies().get(0)).startsWith("__Host-_reftrail-touches=");
        assertThat(signed.touches(exchange.next())).hasSize(1);
    }

    @Test
    void nothingThatAVisitorSendsIsInADescription() {
        Arrival arrival = arrival("utm_source=secret", "https://secret.example.org/", "cross-site");

        assertThat(arrival + " " + touches.find(arrival, List.of(), exchange)).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://login.example.org", "login.example.org/", "", "a b", "*.example.org"})
    void whatIsNoHostCannotBeIgnored(String host) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new TouchSettings(Duration.ofDays(1), Set.of(host)))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("attribution.ignored-referrers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT59S", "P401D", "-P1D"})
    void theWindowIsALifetimeOfACookie(Duration window) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new TouchSettings(window, Set.of()))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("attribution.window"));
    }
}
