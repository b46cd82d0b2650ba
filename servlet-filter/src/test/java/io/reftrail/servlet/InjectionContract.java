package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reftrail.Reftrail;
import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.introw.IntrowBackend;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a link carries, it writes no header, no attribute of a cookie and no second response. */
class InjectionContract extends ServedContract {

    /** What the server and the filter say; nothing else is a header of theirs. */
    private static final List<String> HEADERS = List.of(
            "set-cookie",
            "location",
            "cache-control",
            "content-length",
            "content-type",
            "content-language",
            "transfer-encoding",
            "vary",
            "date",
            "server",
            "connection");

    /** RFC 6265, section 4.1.1, in the order in which the attributes are written. */
    private static final Pattern SET_COOKIE =
            Pattern.compile("[\\w-]+=[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]*; Max-Age=\\d+; Path=/"
                    + "(; HttpOnly)?; SameSite=Lax");

    private final Reftrail own = Reftrail.builder()
            .backend(IntrowBackend.of("key"))
            .backend(AffitorBackend.of("key"))
            .backend(AffihubBackend.of("prog_1"))
            .transport(StubBackend.UNREACHABLE)
            .build();

    @BeforeEach
    void serveAll() {
        serve(new WebApp(ReferralCaptureFilter.builder(own).build()));
    }

    @AfterEach
    void close() {
        stopServer();
        own.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%0d%0aInjected:%20yes",
                "%0D%0ASet-Cookie:%20injected=yes",
                "%0aInjected:yes",
                "%0dInjected:yes",
                "%0d%0a%0d%0a<h1>Injected",
                "%0d%0aHTTP/1.1%20200%20OK%0d%0aInjected:yes",
                "%250d%250aInjected:yes",
                "%c4%8d%c4%8aInjected:yes",
                "%e5%98%8d%e5%98%8aInjected:yes",
                "%c2%85Injected:yes",
                "%e2%80%a8Injected:yes",
                "%00Injected",
                "%09Injected",
                "%7fInjected",
                "%3b%20Domain=injected.example",
                ";%20Domain=injected.example",
                "%3bHttpOnly",
                "%2c%20injected=yes",
                "%22injected",
                "%5cinjected"
            })
    void aLinkWritesNoHeader(String payload) {
        for (String query : List.of(
                "irw_id=one" + payload,
                "aff=nora" + payload,
                "ref=mia" + payload,
                "irw_id=one&aff=nora&ref=mia&next=" + payload,
                "irw_id=one&aff=nora&" + payload + "=x")) {
            assertClean(send(RawRequest.navigation("/page?" + query).with("Referer", "https://a.example/" + payload)));
            assertClean(send(RawRequest.navigation("/" + payload + "?" + query)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x%0d%0aInjected:yes", "\"x\"", "x\u0001y", "a=b=c", "x\u00ffy"})
    void aCookieOfTheVisitorsIsNotWrittenBackAsItIs(String value) {
        assumeTrue(
                value.chars().allMatch(character -> character < 0x80) || has(ServerHabit.READS_ANY_COOKIE),
                "the server answers a cookie with bytes that are no ASCII before any filter is asked");
        for (String cookie : List.of("_introw_aff", "_reftrail_affitor", "affitor_click_id", "affitor_aff_url")) {
            assertClean(send(RawRequest.navigation("/page?aff=nora&irw_id=one").with("Cookie", cookie + "=" + value)));
        }
    }

    private static void assertClean(RawResponse response) {
        assertThat(response.headerLines()).allSatisfy(line -> {
            assertThat(line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT))
                    .isIn(HEADERS);
            assertThat(line).matches("[\\x20-\\x7e]*");
        });
        assertThat(response.status()).isIn(200, 302, 400);
        if (response.status() != 400) {
            assertThat(response.cookies())
                    .allMatch(line -> SET_COOKIE.matcher(line).matches());
            assertThat(response.cacheControl()).isIn("no-store", "");
        }
        assertThat(response.headers("Location")).hasSize(response.status() == 302 ? 1 : 0);
    }
}
