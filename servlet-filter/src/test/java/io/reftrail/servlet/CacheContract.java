package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.model.Customer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 8: no cookie of ours in a shared cache, nor a page that costs others theirs, whatever the application says of caching. */
class CacheContract extends ServedContract {

    private static final String PUBLIC = "public, max-age=3600";
    private static final String COOKIE = "_introw_aff=one";

    @ParameterizedTest
    @EnumSource(StripMode.class)
    void overrulesAnApplicationThatCallsItsPagePublic(StripMode strip) {
        serve(app(strip)
                .page("/set", (request, response) -> response.setHeader("Cache-Control", PUBLIC))
                .page("/lower", (request, response) -> response.setHeader("cache-control", PUBLIC))
                .page("/add", (request, response) -> response.addHeader("Cache-Control", PUBLIC))
                .page("/both", CacheContract::contradict)
                .page("/clear", (request, response) -> response.setHeader("Cache-Control", null))
                .page("/empty", (request, response) -> response.setHeader("Cache-Control", "")));

        for (String path : new String[] {"/set", "/lower", "/add", "/both", "/clear", "/empty", "/page"}) {
            assertKeptOut(send(RawRequest.get(path + "?irw_id=one")));
        }
    }

    /** A cache that knows such a header does not look at {@code Cache-Control} any more (RFC 9213, section 2.2). */
    @ParameterizedTest
    @CsvSource({
        "CDN-Cache-Control, private, no-store",
        "cloudflare-cdn-cache-control, private, no-store",
        "Vercel-CDN-Cache-Control, private, no-store",
        "Surrogate-Control, private, no-store",
        "Edge-Control, private, no-store",
        "X-Accel-Expires, 0, 0"
    })
    void overrulesWhatIsSaidToOneCacheAlone(String header, String strict, String strictest) {
        Filter filter = ReferralCaptureFilter.builder(reftrail).build();
        serve(new WebApp((request, response, chain) -> {
                    if (request.getParameter("before") != null) {
                        ((HttpServletResponse) response).setHeader(header, "600");
                    }
                    filter.doFilter(request, response, chain);
                })
                .page("/set", (request, response) -> response.setHeader(header, "max-age=600"))
                .page("/number", (request, response) -> response.setIntHeader(header, 600))
                .page("/strict", (request, response) -> response.setHeader(header, strict))
                .page("/add", (request, response) -> response.addHeader(header, "max-age=600"))
                .page("/add-number", (request, response) -> response.addIntHeader(header, 600)));

        assertThat(send(RawRequest.get("/set")).headers(header)).containsExactly("max-age=600");
        assertThat(send(RawRequest.get("/set?irw_id=one")).headers(header)).containsExactly(strictest);
        assertThat(send(RawRequest.get("/number?irw_id=one")).headers(header)).containsExactly(strictest);
        assertThat(send(RawRequest.get("/strict?irw_id=one")).headers(header)).containsExactly(strict);
        assertThat(send(RawRequest.get("/add?irw_id=one")).headers(header)).isEmpty();
        assertThat(send(RawRequest.get("/add-number?irw_id=one")).headers(header))
                .isEmpty();
        assertThat(send(RawRequest.navigation("/page?irw_id=one&before=1")).headers(header))
                .containsExactly(strictest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private, max-age=60", "no-store", "no-cache, no-store, max-age=0"})
    void keepsWhatIsAsStrict(String own) {
        serve(app().page("/own", (request, response) -> response.setHeader("Cache-Control", own)));

        assertThat(send(RawRequest.get("/own?irw_id=one")).headers("Cache-Control"))
                .containsExactly(own);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {PUBLIC + " | no-store", "private, max-age=60 | private, max-age=60"})
    void looksAtWhatAFilterInFrontHasSaid(String before, String after) {
        Filter filter = ReferralCaptureFilter.builder(reftrail).build();
        serve(new WebApp((request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("Cache-Control", before);
            filter.doFilter(request, response, chain);
        }));

        assertThat(send(RawRequest.get("/page?irw_id=one")).headers("Cache-Control"))
                .containsExactly(after);
    }

    @Test
    void overrulesAnErrorPage() {
        serve(app().page("/gone", (request, response) -> response.sendError(410))
                .page("/broken", (request, response) -> {
                    throw new IllegalStateException("broken page");
                })
                .page("/sorry", (request, response) -> response.setHeader("Cache-Control", PUBLIC))
                .errorPage(410, "/sorry")
                .errorPage(500, "/sorry"));

        assertKeptOut(send(RawRequest.get("/gone?irw_id=one")));
        RawResponse broken = send(RawRequest.get("/broken?irw_id=one"));
        if (has(ServerHabit.KEEPS_HEADERS_OF_BROKEN_PAGES)) {
            assertKeptOut(broken);
        } else {
            assertThat(broken.cookies()).isEmpty();
        }
    }

    @Test
    void overrulesAPageThatIsFinishedLater() {
        serve(app().page("/async", (request, response) -> request.startAsync().dispatch("/later"))
                .page("/later", (request, response) -> response.setHeader("Cache-Control", PUBLIC)));

        assertKeptOut(send(RawRequest.get("/async?irw_id=one")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/before", "/after"})
    void keepsTheExpiryOfACookieOutToo(String path) {
        try (Reftrail own =
                Kits.builder(captures).transport(StubBackend.UNREACHABLE).build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(own).build())
                    .page("/before", (request, response) -> {
                        response.setHeader("Cache-Control", PUBLIC);
                        ServletReftrail.lead(request, response, Customer.of("before"));
                    })
                    .page("/after", (request, response) -> {
                        ServletReftrail.lead(request, response, Customer.of("after"));
                        response.setHeader("Cache-Control", PUBLIC);
                    }));

            RawResponse response = send(RawRequest.get(path).with("Cookie", COOKIE));

            assertThat(response.cookies()).containsExactly(Kits.expiredIntrowCookies());
            assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        }
    }

    @Test
    void leavesPagesWithoutACookieOfOursToTheApplication() {
        serve(app().page("/set", (request, response) -> response.setHeader("Cache-Control", PUBLIC)));

        assertThat(send(RawRequest.get("/set?a=b").with("Cookie", COOKIE)).headers("Cache-Control"))
                .containsExactly(PUBLIC);
    }

    @Test
    void leavesPagesWhoseValueIsNoneToTheApplicationToo() {
        serve(app().page("/set", (request, response) -> response.setHeader("Cache-Control", PUBLIC)));

        assertThat(send(RawRequest.get("/set?irw_id=")).headers("Cache-Control"))
                .containsExactly(PUBLIC);
    }

    @ParameterizedTest
    @EnumSource(StripMode.class)
    void keepsPagesOutThatAVisitorBehindACrawlerWouldGetWithoutACookie(StripMode strip) {
        serve(app(strip).page("/set", (request, response) -> response.setHeader("Cache-Control", PUBLIC)));

        RawResponse response = send(RawRequest.get("/set?irw_id=one").with("User-Agent", "Googlebot/2.1"));

        assertThat(response.cookies()).isEmpty();
        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @EnumSource(StripMode.class)
    void keepsPagesOutWhoseFirstClickIsKept(StripMode strip) {
        try (Reftrail own =
                Kits.builder(captures).attributionModel(ClickModel.FIRST_CLICK).build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(own).strip(strip).build())
                    .page("/set", (request, response) -> response.setHeader("Cache-Control", PUBLIC)));

            RawResponse response = send(RawRequest.get("/set?irw_id=two").with("Cookie", COOKIE));

            assertThat(response.cookies()).isEmpty();
            assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        }
    }

    private static void contradict(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cache-Control", "private");
        response.addHeader("Cache-Control", PUBLIC);
        response.setHeader("Expires", "Thu, 01 Jan 2099 00:00:00 GMT");
    }

    private static void assertKeptOut(RawResponse response) {
        assertThat(response.cookies()).anyMatch(line -> line.startsWith(COOKIE));
        assertThat(response.headers("Cache-Control")).isNotEmpty().allMatch(CacheControl::forbidsStoring);
    }
}
