package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Enumeration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links, requests and applications as they are outside of a laboratory. */
class RealLinkContract extends ServedContract {

    private static final CookieSettings ALWAYS_SECURE = new CookieSettings("/", null, SameSite.LAX, Secure.ALWAYS);

    /** Nginx, Tomcat and others have a limit for the header of a response, and answer with an error beyond it. */
    @ParameterizedTest
    @CsvSource({"2000, 302", "3900, 200", "7900, 200"})
    void aLongQueryIsNotSentBackInARedirect(int length, int status) {
        String rest = "x=" + "y".repeat(length - 2);

        RawResponse response = send(RawRequest.navigation("/page?irw_id=one&" + rest));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.cookies()).containsExactly(introwCookies());
        assertThat(String.join("\r\n", response.headerLines()).length()).isLessThan(4_096);
        if (status == 200) {
            assertThat(response.seen("query")).isEqualTo(rest);
        }
    }

    /** Each click is stored, or counted as one that has no room. */
    @ParameterizedTest
    @CsvSource({"20, 0", "20, 1000", "20, 3500", "20, 7500", "100, 0", "100, 2000", "200, 0", "200, 2000"})
    void theCookiesOfAllVendorsFitIntoTheHeader(int clickId, int rest) {
        try (Reftrail all = Kits.allVendors(captures)) {
            serve(new WebApp(ReferralCaptureFilter.builder(all).build()));

            RawResponse response = send(RawRequest.navigation(Kits.linkOfAllVendors(clickId, rest)));

            assertThat(response.status()).isIn(200, 302);
            assertThat(String.join("\r\n", response.headerLines()).length()).isLessThan(4_096);
            assertThat(captures.reports()).hasSize(6).allMatch(report -> report.matches("[a-z]+ (CAPTURED|NO_ROOM)"));
            long stored = captures.reports().stream()
                    .filter(report -> report.endsWith("CAPTURED"))
                    .count();
            assertThat(response.cookies().stream()
                            .filter(cookie ->
                                    cookie.startsWith("_reftrail_") && !cookie.startsWith("_reftrail_redirect")))
                    .hasSize((int) stored);
            assertThat(stored).isEqualTo(6);
        }
    }

    @Test
    void theLimitCanBeMoved() {
        serve(new WebApp(ReferralCaptureFilter.builder(reftrail)
                .responseHeaderLimit(8_192)
                .build()));

        assertThat(send(RawRequest.navigation("/page?irw_id=one&x=" + "y".repeat(6_000)))
                        .status())
                .isEqualTo(302);
    }

    @Test
    void octetsOutsideAsciiReachTheApplicationAsWithoutTheFilter() {
        serve(new WebApp(null));
        RawResponse plain = send(RawRequest.navigation("/params?q=f\u00c3\u00bcr&a=b"));
        serve(app());
        RawResponse landing = send(RawRequest.navigation("/params?q=f\u00c3\u00bcr&irw_id=one&a=b"));

        assertThat(plain.status()).isEqualTo(landing.status());
        if (plain.status() == 200) {
            assertThat(landing.headers("Location")).isEmpty();
            assertThat(landing.seen("query")).isEqualTo(plain.seen("query"));
            assertThat(landing.seen("parameter q")).isEqualTo(plain.seen("parameter q"));
            assertThat(landing.body()).doesNotContain("irw_id");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "organic", "other"})
    void anApplicationThatAddsTheParameterItselfIsNoEndlessLoop(String before) {
        serve(app().page("/loop", (request, response) -> response.sendRedirect("/loop?irw_id=organic")));
        CookieJar jar = new CookieJar();
        if (!before.equals("nobody")) {
            jar.take("localhost", "_introw_aff=" + before);
            jar.take("localhost", "_reftrail_introw=" + Kits.companion(before, Kits.NOW.minusSeconds(86_400)));
        }

        RawResponse first = followed(jar);
        RawResponse second = followed(jar);

        assertThat(first.location()).isEqualTo("?");
        assertThat(second.location()).endsWith("/loop?irw_id=organic");
    }

    /** As with a time in the value. */
    @Test
    void anApplicationThatAddsAnotherValueEachTimeIsNoEndlessLoop() {
        CookieJar jar = new CookieJar();

        assertThat(followed(jar, "/page?irw_id=1").location()).isEqualTo("?");
        assertThat(followed(jar, "/page?irw_id=2").location()).isEqualTo("?");
        assertThat(followed(jar, "/page?irw_id=3").status()).isEqualTo(200);
    }

    private RawResponse followed(CookieJar jar) {
        return followed(jar, "/loop?irw_id=organic");
    }

    private RawResponse followed(CookieJar jar, String target) {
        RawResponse response = send(RawRequest.navigation(target).with("Cookie", jar.header("localhost", "/")));
        response.cookies().forEach(cookie -> jar.take("localhost", cookie));
        return response;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                 | -         | 200",
                "X-Forwarded-Proto | http      | 200",
                "X-Forwarded-Proto | https     | 302",
                "Forwarded         | for=a;proto=\"https\" | 302",
                "Sec-Fetch-Mode    | navigate  | 302"
            })
    void nothingIsStrippedWhereTheBrowserWouldDropTheCookie(String header, String value, int status) {
        try (Reftrail secure = Kits.builder(captures).cookies(ALWAYS_SECURE).build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(secure).build()));
            RawRequest landing = RawRequest.get("/page?irw_id=one&a=b").with("Accept", "text/html");

            RawResponse response = send(header == null ? landing : landing.with(header, value));

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.cookies()).hasSize(2).allMatch(cookie -> cookie.contains("; Secure"));
            if (status == 200) {
                assertThat(response.seen("query")).isEqualTo("irw_id=one&a=b");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "shop.example,         -,                302",
                "WWW.Shop.example,     -,                302",
                "other.example,        -,                200",
                "myshop.example,       -,                200",
                "other.example,        www.shop.example, 302",
                "localhost,            -,                302",
                "127.0.0.1,            -,                302",
            })
    void nothingIsStrippedOnAHostThatIsNotOfTheCookiesDomain(String host, String forwarded, int status) {
        CookieSettings ofTheShop = new CookieSettings("/", "shop.example", SameSite.LAX, Secure.AUTO);
        try (Reftrail shop = Kits.builder(captures).cookies(ofTheShop).build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(shop).build()));
            RawRequest landing = RawRequest.navigation("/page?irw_id=one&a=b").to(host);

            RawResponse response = send(forwarded == null ? landing : landing.with("X-Forwarded-Host", forwarded));

            assertThat(response.status()).isEqualTo(status);
            if (status == 200) {
                assertThat(response.seen("query")).isEqualTo("irw_id=one&a=b");
            }
        }
    }

    @Test
    void theApplicationsOwnParameterOfAGenericNameStaysItsOwn() {
        try (Reftrail codes =
                Kits.builder(captures).backend(AffihubBackend.of("prog_1")).build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(codes).explain(true).build()));

            RawResponse fetch = send(RawRequest.get("/params?ref=main")
                    .with("Sec-Fetch-Mode", "cors")
                    .with("Sec-Fetch-Dest", "empty"));
            RawResponse link = send(RawRequest.navigation("/params?ref=https%3A%2F%2Fwww.google.com%2F"));
            RawResponse code = send(RawRequest.navigation("/params?ref=nora"));

            assertThat(fetch.seen("parameter ref")).isEqualTo("[main]");
            assertThat(fetch.cookies()).isEmpty();
            assertThat(fetch.headers("Cache-Control")).isEmpty();
            assertThat(fetch.headers("Reftrail-Decision")).containsExactly("ignored; affihub; not-a-visit");
            assertThat(link.seen("parameter ref")).isEqualTo("[https://www.google.com/]");
            assertThat(link.cookies()).isEmpty();
            assertThat(link.headers("Reftrail-Decision")).containsExactly("ignored; affihub; not-a-code");
            assertThat(code.status()).isEqualTo(302);
            assertThat(code.headers("Reftrail-Decision")).containsExactly("captured; affihub");
        }
    }

    @Test
    void saysNothingOfADecisionUnlessTold() {
        assertThat(send(RawRequest.navigation("/page?irw_id=one")).headers("Reftrail-Decision"))
                .isEmpty();
    }

    @Test
    void aRuleThatRewritesTheQueryMayAskForNoRedirect() {
        Filter rewriting = (request, response, chain) -> {
            request.setAttribute("reftrail.strip", "wrap");
            chain.doFilter(request, response);
        };
        serve(new WebApp(rewriting)
                .behind(ReferralCaptureFilter.builder(reftrail).build()));
        RawResponse asked = send(RawRequest.navigation("/page?id=42&irw_id=one&x=2"));
        serve(app());
        RawResponse known = send(RawRequest.navigation("/page?id=42&irw_id=one&x=2")
                .with("X-Original-URL", "/product/42?irw_id=one&x=2"));
        RawResponse unchanged =
                send(RawRequest.navigation("/page?irw_id=one&x=2").with("X-Original-URL", "/shop/page?irw_id=one&x=2"));

        assertThat(asked.seen("query")).isEqualTo("id=42&x=2");
        assertThat(asked.cookies()).containsExactly(introwCookies());
        assertThat(known.seen("query")).isEqualTo("id=42&x=2");
        assertThat(unchanged.location()).isEqualTo("?x=2");
    }

    @Test
    void eachInstanceOfAnApplicationCapturesItsOwnParameters() {
        Captures others = new Captures();
        try (Reftrail other = Reftrail.builder()
                .backend(AffihubBackend.of("prog_1"))
                .captureListener(others)
                .build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(reftrail)
                            .strip(StripMode.WRAP)
                            .build())
                    .behind(ReferralCaptureFilter.builder(other)
                            .strip(StripMode.WRAP)
                            .build()));

            RawResponse response = send(RawRequest.navigation("/page?irw_id=one&ref=nora&a=b"));

            assertThat(response.seen("query")).isEqualTo("a=b");
            assertThat(captures.reports()).containsExactly("introw CAPTURED");
            assertThat(others.reports()).containsExactly("affihub CAPTURED");
        }
    }

    /** As Spring Security's {@code StrictHttpFirewall}, which rejects headers with octets of raw UTF-8. */
    @Test
    void aRequestThatRejectsForeignOctetsHidesNoClick() {
        String foreign = has(ServerHabit.READS_ANY_COOKIE) ? "; name=Stra\u00c3\u009fe" : "";
        String[] cookies = {"_introw_aff=one" + foreign};
        serve(SignUp.addTo(new WebApp((request, response, chain) ->
                        chain.doFilter(new Strict((HttpServletRequest) request), response))
                .behind(ReferralCaptureFilter.builder(reftrail).build())
                .page("/forget", (request, response) -> ServletReftrail.forgetClick(request, response))));

        RawResponse landing = send(RawRequest.navigation("/page?irw_id=two")
                .with("Referer", "http://a.example/Stra\u00c3\u009fe")
                .with("Cookie", cookies[0]));
        RawResponse clicks = send(RawRequest.get("/clicks").with("Cookie", cookies[0]));
        RawResponse forgotten = send(RawRequest.get("/forget").with("Cookie", cookies[0]));

        assertThat(landing.status()).as(landing.body()).isEqualTo(302);
        assertThat(captures.reports()).containsExactly("introw CAPTURED");
        assertThat(clicks.body()).isEqualTo("[one]");
        assertThat(forgotten.cookies()).containsExactly(Kits.expiredIntrowCookies()[0]);
    }

    private static String[] introwCookies() {
        return Kits.introwCookies("one");
    }

    private static final class Strict extends HttpServletRequestWrapper {

        Strict(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            return checked(super.getHeader(name));
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            Enumeration<String> values = super.getHeaders(name);
            return new Enumeration<>() {

                @Override
                public boolean hasMoreElements() {
                    return values.hasMoreElements();
                }

                @Override
                public String nextElement() {
                    return checked(values.nextElement());
                }
            };
        }

        private static String checked(String value) {
            if (value != null && value.chars().anyMatch(c -> c > 0x7e)) {
                throw new IllegalStateException("rejected");
            }
            return value;
        }
    }
}
