package io.reftrail.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.TouchSettings;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.servlet.ConsentPolicy.Consent;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where visitors come from: the table of touches in docs/attribution.md, on a real server. */
class TouchContract extends ServedContract {

    private static final String COOKIE = "_reftrail-touches";

    private final Reftrail attributing =
            Kits.builder(captures).touches(TouchSettings.DEFAULT).build();

    private volatile Consent consent = Consent.GRANTED;

    @AfterEach
    void closeAttributing() {
        stopServer();
        attributing.close();
    }

    private WebApp attributingApp() {
        return attributingApp(attributing);
    }

    private WebApp attributingApp(Reftrail instance) {
        return new WebApp(ReferralCaptureFilter.builder(instance)
                        .consent(request -> consent)
                        .exclude(List.of("/health"))
                        .build())
                .page("/touches", (request, response) -> response.getWriter()
                        .print(instance.touches(new ServletCookieExchange(request, response)).stream()
                                .map(touch -> touch.origin().text() + ":" + touch.source() + ":" + touch.landingPath()
                                        + (touch.partner() == null
                                                ? ""
                                                : ":" + touch.partner().backend()))
                                .toList()));
    }

    private static RawRequest from(String referrer, String target) {
        return RawRequest.navigation(target)
                .with("Sec-Fetch-Dest", "document")
                .with("Sec-Fetch-Site", "cross-site")
                .with("Referer", referrer);
    }

    private List<String> decisions() {
        return attributing.operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Stage.TOUCH)
                .map(Decision::reason)
                .toList();
    }

    @Test
    void aVisitFromOutsideIsRememberedInACookieThatScriptsCannotRead() {
        serve(attributingApp());

        RawResponse response = send(from("https://www.google.com/", "/pricing;v=1?utm_source=news&utm_medium=mail"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo("utm_source=news&utm_medium=mail");
        assertThat(response.cookies())
                .singleElement()
                .asString()
                .startsWith(COOKIE + "=1")
                .contains("~s~www.google.com~/pricing~news~mail;")
                .endsWith("; Max-Age=7776000; Path=/; HttpOnly; SameSite=Lax");
        assertThat(response.cacheControl()).isEqualTo("no-store");
        assertThat(decisions()).containsExactly("recorded");
    }

    @Test
    void aVisitorsWholeWayIsInTheCookie() {
        serve(attributingApp());
        Surfer surfer = new Surfer(this::port);

        surfer.send("/a", from("https://www.google.com/", "/a"));
        surfer.send("/b", RawRequest.navigation("/b").with("Referer", "http://localhost:" + port() + "/a"));
        surfer.send("/c?irw_id=one", from("https://blog.example.org/", "/c?irw_id=one"));
        surfer.send("/c", from("https://blog.example.org/", "/c"));
        surfer.send("/d", from("https://checkout.stripe.com/", "/d"));
        surfer.send("/e", from("https://chatgpt.com/", "/e?utm_source=chatgpt.com"));

        assertThat(surfer.send("/touches").body())
                .isEqualTo("[search:Google:/a, site:introw:/c:introw, ai-assistant:chatgpt.com:/e]");
        assertThat(decisions()).containsExactly("recorded", "returned", "same-session", "recorded", "recorded");
    }

    @Test
    void aPartnerLinkIsATouchOnItsWayToTheCleanUrl() {
        serve(attributingApp());

        RawResponse response = send(from("https://blog.example.org/", "/page?irw_id=one&a=b"));

        assertThat(response.status()).isEqualTo(302);
        assertThat(response.location()).isEqualTo("?a=b");
        assertThat(response.cookies()).hasSize(3).anyMatch(line -> line.startsWith(COOKIE) && line.contains("introw"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, cors, empty",
        "GET, no-cors, image",
        "GET, navigate, iframe",
        "POST, navigate, document",
        "HEAD, navigate, document"
    })
    void whatIsNoNavigationIsNoTouch(String method, String mode, String destination) {
        serve(attributingApp());

        RawResponse response = send(RawRequest.of(method, "/page?utm_source=news")
                .with("Sec-Fetch-Mode", mode)
                .with("Sec-Fetch-Dest", destination)
                .with("Sec-Fetch-Site", "cross-site")
                .with("Accept", "text/html")
                .with("Referer", "https://www.google.com/"));

        assertThat(response.cookies()).isEmpty();
        assertThat(decisions()).isEmpty();
    }

    @Test
    void aVisitWithinTheSiteIsNoTouchAndStaysCacheable() {
        serve(attributingApp());

        RawResponse response = send(RawRequest.navigation("/page?utm_source=banner")
                .with("Sec-Fetch-Site", "same-origin")
                .with("Referer", "http://localhost/"));

        assertThat(response.cookies()).isEmpty();
        assertThat(response.cacheControl()).isNotEqualTo("no-store");
        assertThat(decisions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, consent-refused", "PENDING, consent-pending"})
    void withoutConsentNothingIsKept(Consent decision, String reason) {
        consent = decision;
        serve(attributingApp());

        assertThat(send(from("https://www.google.com/", "/page")).cookies()).isEmpty();
        assertThat(decisions()).containsExactly(reason);
    }

    @Test
    void withdrawnConsentExpiresTheTouches() {
        serve(attributingApp());
        Surfer surfer = new Surfer(this::port);
        surfer.send("/a", from("https://www.google.com/", "/a"));
        assertThat(surfer.clicks()).containsExactly(COOKIE);

        consent = Consent.REFUSED;
        surfer.visit("/touches");

        assertThat(surfer.clicks()).isEmpty();
    }

    @Test
    void crawlersAndExcludedPathsHaveNoTouch() {
        serve(attributingApp());

        RawRequest crawler = from("https://www.google.com/", "/page")
                .with("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
        assertThat(send(crawler).cookies()).isEmpty();
        assertThat(send(from("https://www.google.com/", "/health")).cookies()).isEmpty();
        assertThat(decisions()).containsExactly("excluded", "crawler");
    }

    @Test
    void aPolicyThatThrowsBreaksNoPage() {
        serve(new WebApp(ReferralCaptureFilter.builder(attributing)
                .consent(request -> {
                    throw new IllegalStateException("no consent store");
                })
                .build()));

        RawResponse response = send(from("https://www.google.com/", "/page?utm_source=news"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.cookies()).isEmpty();
        assertThat(decisions()).containsExactly("failed");
    }

    @Test
    void hostileHeadersBreakNoPage() {
        serve(attributingApp());

        for (String referrer :
                List.of("", "https://", "https://[", "%", "https://" + "a.".repeat(2_000), "\u00ff\u00fe")) {
            RawResponse response = send(from(referrer, "/page?utm_source=%00%ff&utm_medium=" + "x".repeat(3_000))
                    .with("Cookie", COOKIE + "=1!!~~%%; " + COOKIE + "=" + "~".repeat(1_500)));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.cookies())
                    .allSatisfy(
                            line -> assertThat(line).hasSizeLessThan(1_200).matches(Pattern.compile("[\\x20-\\x7e]+")));
        }
    }

    @Test
    void nothingIsRememberedUnlessAttributionIsEnabled() {
        serve(attributingApp(reftrail));

        assertThat(send(from("https://www.google.com/", "/page?utm_source=news"))
                        .cookies())
                .isEmpty();
        assertThat(send(RawRequest.get("/touches").with("Cookie", COOKIE + "=1rrsqps~d"))
                        .body())
                .isEqualTo("[]");
    }

    /** From the first visit to the row in the database, without a vendor. */
    @Test
    void aSignUpStoresTheJourney() {
        serve(SignUp.addTo(new WebApp(new ReferralCaptureFilter()))
                .initParameter("attribution.enabled", "true")
                .page("/journey", (request, response) -> response.getWriter()
                        .print(String.valueOf(requireNonNull(ServletReftrail.find(request.getServletContext()))
                                .journey("kim")))));
        Surfer surfer = new Surfer(this::port);

        surfer.send("/a", from("https://www.google.com/", "/a"));
        surfer.send("/b", from("https://t.co/", "/b"));
        surfer.submit("/signup?customer=kim", "");

        assertThat(surfer.send("/journey").body()).isEqualTo("Journey[touches=2, conversions=1]");
        assertThat(surfer.clicks()).isEmpty();
    }

    @Test
    void initParametersEnableAttribution() {
        serve(new WebApp(new ReferralCaptureFilter())
                .initParameter("introw.api-key", "key")
                .initParameter("attribution.enabled", "true")
                .initParameter("attribution.window", "7d")
                .initParameter("attribution.ignored-referrers", "login.example.org, pay.example.org"));

        assertThat(send(from("https://www.google.com/", "/page")).cookies())
                .singleElement()
                .asString()
                .startsWith(COOKIE)
                .contains("Max-Age=604800");
        assertThat(send(from("https://pay.example.org/", "/page")).cookies()).isEmpty();
    }
}
