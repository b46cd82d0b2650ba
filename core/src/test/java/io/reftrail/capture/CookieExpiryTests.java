package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cookie goes only under the path and domain it was set with, so both twins are expired. */
class CookieExpiryTests {

    private static final CookieSettings OF_A_DOMAIN =
            new CookieSettings("/shop", "example.com", SameSite.LAX, Secure.AUTO);

    @Test
    void aHostOnlyCookieAndItsCompanionAreExpired() {
        RecordingExchange exchange = RecordingExchange.with("_introw_aff=one");

        Rules.COOKIES.expire(List.of(Rules.PLAIN), exchange);

        assertThat(exchange.setCookies())
                .containsExactly(
                        "_introw_aff=; Max-Age=0; Path=/; Secure; SameSite=Lax",
                        "_reftrail_introw=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void underADomainBothTwinsAreExpiredWithTheSamePath() {
        RecordingExchange exchange = RecordingExchange.with("_introw_aff=one");

        new AttributionCookies(OF_A_DOMAIN).expire(List.of(Rules.PLAIN), exchange);

        assertThat(exchange.setCookies())
                .containsExactly(
                        "_introw_aff=; Max-Age=0; Path=/shop; Secure; SameSite=Lax",
                        "_introw_aff=; Max-Age=0; Path=/shop; Domain=example.com; Secure; SameSite=Lax",
                        "_introw_aff=; Max-Age=0; Path=/; Secure; SameSite=Lax",
                        "_reftrail_introw=; Max-Age=0; Path=/shop; Secure; HttpOnly; SameSite=Lax",
                        "_reftrail_introw=; Max-Age=0; Path=/shop; Domain=example.com; Secure; HttpOnly; SameSite=Lax");
    }

    /** A page script can have set its cookie for each parent domain; browsers ignore those that belong to everybody. */
    @ParameterizedTest
    @CsvSource({
        "www.app.example.com, www.app.example.com app.example.com example.com",
        "WWW.example.com, www.example.com example.com",
        "example.com, example.com",
        "localhost, ''",
        "127.0.0.1, ''",
        "[::1], ''",
        "a.b.c.d.e.f.g.h.example.com, c.d.e.f.g.h.example.com d.e.f.g.h.example.com e.f.g.h.example.com f.g.h.example.com g.h.example.com h.example.com example.com",
        "evil.example;Domain=other, ''",
        "'evil.example\r\nX: y', ''",
    })
    void aScriptsCookieIsExpiredForEachDomainOfTheHost(String host, String domains) {
        HeaderExchange exchange = HeaderExchange.of("_introw_aff=one", true).on(host);

        Rules.COOKIES.expire(List.of(Rules.PLAIN), exchange);

        assertThat(exchange.setCookies().stream()
                        .filter(line -> line.startsWith("_introw_aff=; Max-Age=0; Path=/; Domain="))
                        .map(line -> line.substring(40, line.indexOf("; Secure"))))
                .containsExactly(domains.isEmpty() ? new String[0] : domains.split(" ", -1));
    }

    /** The mark is signed like the click; of a cookie that this server has written alone, there is none. */
    @Test
    void onlyAScriptsClickIsMarkedAsUsed() {
        CaptureRule dub = Rules.PLAIN.writtenAcrossHosts();
        AttributionCookies signed = new AttributionCookies(
                CookieSettings.DEFAULT,
                CookieSigning.of(List.of("a-signing-key-of-more-than-thirty-two-characters"), true, null, false),
                Clock.systemUTC());
        RecordingExchange landing = RecordingExchange.with();
        signed.store(dub, "ours", HandSetClock.START, landing);
        RecordingExchange ours = landing.next();
        signed.expire(List.of(dub), ours);
        assertThat(ours.next().cookieHeaders()).isEmpty();

        RecordingExchange script = RecordingExchange.with("_introw_aff=one");
        signed.expire(List.of(dub), script);
        String mark = script.next().cookieHeaders().get(0);
        assertThat(mark).matches("_reftrail_introw_used=[A-Za-z0-9_-]{22}\\*[0-9a-f]{32}");
        assertThat(signed.read(dub, RecordingExchange.with(mark + "; _introw_aff=one")))
                .isNull();
        assertThat(signed.read(dub, RecordingExchange.with(mark + "; _introw_aff=two")))
                .isNotNull();
        String forged = "_reftrail_introw_used=" + mark.substring(mark.indexOf('*') + 1);
        assertThat(signed.read(dub, RecordingExchange.with(forged + "; _introw_aff=one")))
                .isNotNull();
    }

    @Test
    void aNewClickUnderADomainRemovesTheHostOnlyTwinThatWouldHideIt() {
        RecordingExchange exchange = RecordingExchange.with("_introw_aff=old");

        new AttributionCookies(OF_A_DOMAIN).store(Rules.PLAIN, "one", HandSetClock.START, exchange);

        assertThat(exchange.setCookies())
                .startsWith(
                        "_introw_aff=; Max-Age=0; Path=/shop; Secure; SameSite=Lax",
                        "_introw_aff=one; Max-Age=7776000; Path=/shop; Domain=example.com; Secure; SameSite=Lax")
                .hasSize(3);
    }

    @Test
    void aFirstVisitHasNoTwinToRemove() {
        RecordingExchange exchange = RecordingExchange.with("other=1");

        new AttributionCookies(OF_A_DOMAIN).store(Rules.PLAIN, "one", HandSetClock.START, exchange);

        assertThat(exchange.setCookies()).hasSize(2).noneMatch(line -> line.contains("Max-Age=0"));
    }
}
