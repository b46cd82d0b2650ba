package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.capture.CookieSigning;
import io.reftrail.servlet.ConsentPolicy.Consent;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor who refuses later has the click forgotten. */
class WithdrawalContract extends ServedContract {

    private static final String CLICK = "sid=1; _introw_aff=one; _reftrail_introw=" + Kits.companion("one");

    private static final ConsentPolicy TOOL = ConsentPolicy.cookie("consent", Pattern.compile("yes"));

    private volatile Consent consent = Consent.GRANTED;

    private WebApp app(ConsentPolicy policy) {
        return SignUp.addTo(new WebApp(ReferralCaptureFilter.builder(reftrail)
                .consent(policy)
                .exclude(List.of("/excluded"))
                .build()));
    }

    private RawRequest page(String path) {
        return RawRequest.navigation(path).with("Cookie", CLICK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", "/page?a=b"})
    void aRefusalOnAnyPageExpiresTheClick(String path) {
        serve(app(request -> consent));
        assertThat(send(page(path)).cookies()).isEmpty();

        consent = Consent.REFUSED;
        RawResponse response = send(page(path));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.cookies()).containsExactly(Kits.expiredIntrowCookies());
        assertThat(response.cacheControl()).isEqualTo("no-store");
    }

    @Test
    void aRefusalOnAnotherLandingExpiresTheClickToo() {
        serve(app(request -> Consent.REFUSED));

        RawResponse response = send(page("/page?irw_id=two"));

        assertThat(response.status()).isEqualTo(302);
        assertThat(response.cookies()).containsExactly(Kits.expiredIntrowCookies());
    }

    /** Browsers drop a cookie of that prefix only by one that is {@code Secure}, has the path / and no domain. */
    @Test
    void aRefusalExpiresACookieWithTheHostPrefix() {
        CookieSettings secure = new CookieSettings("/", null, SameSite.LAX, Secure.ALWAYS, Set.of());
        try (Reftrail signed = Kits.builder(captures)
                .cookies(secure)
                .cookieSigning(CookieSigning.of(List.of("0123456789-abcdefghijklmnopqrstuvwxyz"), false, null, true))
                .build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(signed)
                            .consent(request -> consent)
                            .build())
                    .page("/withdraw", (request, response) -> ServletReftrail.forgetClick(request, response)));
            String sent = send(RawRequest.navigation("/page?irw_id=one")).cookies().stream()
                    .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                    .collect(Collectors.joining("; "));
            assertThat(sent).contains("__Host-_reftrail_introw=");
            RawResponse withdrawn = send(RawRequest.get("/withdraw").with("Cookie", sent));
            consent = Consent.REFUSED;
            RawResponse refused = send(RawRequest.get("/page").with("Cookie", sent));

            for (RawResponse response : List.of(withdrawn, refused)) {
                assertThat(response.cookies())
                        .containsExactly(
                                "_introw_aff=; Max-Age=0; Path=/; Secure; SameSite=Lax",
                                "__Host-_reftrail_introw=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
            }
        }
    }

    @Test
    void onlyWhatTheBrowserHasIsExpired() {
        serve(app(request -> Consent.REFUSED));

        assertThat(send(RawRequest.get("/page").with("Cookie", "_introw_aff=one"))
                        .cookies())
                .containsExactly(Kits.expiredIntrowCookies()[0]);
        assertThat(send(RawRequest.get("/page").with("Cookie", "sid=1")).cookies())
                .isEmpty();
        assertThat(send(RawRequest.get("/page")).cookies()).isEmpty();
    }

    @Test
    void whoeverHasRefusedIsNoLeadInThatRequest() {
        serve(app(request -> Consent.REFUSED));

        assertThat(send(RawRequest.get("/signup?customer=c1").with("Cookie", CLICK))
                        .body())
                .isEqualTo("{}");
        assertThat(send(RawRequest.get("/signin?customer=c1").with("Cookie", CLICK))
                        .body())
                .isEqualTo("{}");
        assertThat(send(RawRequest.get("/clicks").with("Cookie", CLICK)).body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @EnumSource(names = {"GRANTED", "PENDING"})
    void whoeverHasNotRefusedKeepsTheClick(Consent decision) {
        serve(app(request -> decision));

        assertThat(send(page("/page")).cookies()).isEmpty();
        assertThat(send(RawRequest.get("/clicks").with("Cookie", CLICK)).body()).isEqualTo("[one]");
    }

    @Test
    void anExcludedPathIsLeftAlone() {
        serve(app(request -> Consent.REFUSED));

        assertThat(send(page("/excluded")).cookies()).isEmpty();
    }

    @Test
    void aPolicyThatThrowsForgetsNothing() {
        serve(app(request -> {
            throw new IllegalStateException("no consent store");
        }));

        RawResponse response = send(page("/page"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.cookies()).isEmpty();
    }

    @Test
    void aVisitorsWholeWayThroughAConsentTool() {
        serve(app(TOOL));
        Surfer surfer = new Surfer(this::port);
        surfer.visit("/page?irw_id=one&a=b");
        assertThat(surfer.clicks()).isEmpty();

        surfer.jar().take("localhost", "consent=yes; Path=/");
        surfer.visit("/page?irw_id=one&a=b");
        assertThat(surfer.clicks()).contains("_introw_aff", "_reftrail_introw");

        surfer.jar().take("localhost", "consent=no; Path=/");
        surfer.visit("/page");
        assertThat(surfer.clicks()).containsExactly("consent");
    }

    @Test
    void theSiteForgetsAClickItself() {
        serve(app(request -> Consent.GRANTED).page("/withdraw", (request, response) -> {
            ServletReftrail.forgetClick(request, response);
            CookieExchange exchange = new ServletCookieExchange(request, response);
            response.getWriter().print(reftrail.attributions(exchange));
        }));

        RawResponse response = send(page("/withdraw"));

        assertThat(response.body()).isEqualTo("[]");
        assertThat(response.cookies()).containsExactly(Kits.expiredIntrowCookies());
        assertThat(send(RawRequest.get("/withdraw")).cookies()).isEmpty();
    }
}
