package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code Set-Cookie} lines as browsers get them, each as a whole. */
class CookieLineTests {

    /** {@code 1772360130} is the clock's start, {@code 1ae66} the hash of {@code one}. */
    private static final String COMPANION = "_reftrail_introw=1772360130.1ae66; ";

    @Test
    void byDefaultBothCookiesAreHostOnlyAndSecureWhereTheRequestIs() {
        assertThat(stored(CookieSettings.DEFAULT, RecordingExchange.with()))
                .containsExactly(
                        "_introw_aff=one; Max-Age=7776000; Path=/; Secure; SameSite=Lax",
                        COMPANION + "Max-Age=7776000; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void onAnInsecureRequestTheyAreNotSecure() {
        assertThat(stored(CookieSettings.DEFAULT, RecordingExchange.insecure()))
                .containsExactly(
                        "_introw_aff=one; Max-Age=7776000; Path=/; SameSite=Lax",
                        COMPANION + "Max-Age=7776000; Path=/; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,   LAX,    true,  Secure; SameSite=Lax",
        "AUTO,   STRICT, false, SameSite=Strict",
        "ALWAYS, LAX,    false, Secure; SameSite=Lax",
        "ALWAYS, NONE,   false, Secure; SameSite=None",
        "NEVER,  LAX,    true,  SameSite=Lax",
    })
    void secureAndSameSiteAreAsConfigured(Secure secure, SameSite sameSite, boolean encrypted, String attributes) {
        CookieSettings settings = new CookieSettings("/", null, sameSite, secure);
        RecordingExchange exchange = encrypted ? RecordingExchange.with() : RecordingExchange.insecure();

        assertThat(stored(settings, exchange))
                .first()
                .isEqualTo("_introw_aff=one; Max-Age=7776000; Path=/; " + attributes);
    }

    @Test
    void aDomainAndAPathStandInBothCookies() {
        CookieSettings settings = new CookieSettings("/shop", ".example.com", SameSite.LAX, Secure.AUTO);

        assertThat(stored(settings, RecordingExchange.with()))
                .containsExactly(
                        "_introw_aff=one; Max-Age=7776000; Path=/shop; Domain=example.com; Secure; SameSite=Lax",
                        COMPANION + "Max-Age=7776000; Path=/shop; Domain=example.com; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void aCookieThatNoPageScriptReadsIsHttpOnly() {
        CaptureRule rule = new CaptureRule(
                "introw", List.of("irw_id"), "_introw_aff", Duration.ofDays(90), 256, CookieEncoding.RAW, false);
        RecordingExchange exchange = RecordingExchange.with();

        Rules.COOKIES.store(rule, "one", HandSetClock.START, exchange);

        assertThat(exchange.setCookies())
                .first()
                .isEqualTo("_introw_aff=one; Max-Age=7776000; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @CsvSource({"1, 86400", "90, 7776000", "400, 34560000", "401, 34560000", "3650, 34560000"})
    void browsersAreNeverAskedForMoreThan400Days(int days, long maxAge) {
        CaptureRule rule = new CaptureRule(
                "introw", List.of("irw_id"), "_introw_aff", Duration.ofDays(days), 256, CookieEncoding.RAW, true);
        RecordingExchange exchange = RecordingExchange.with();

        Rules.COOKIES.store(rule, "one", HandSetClock.START, exchange);

        assertThat(exchange.setCookies()).hasSize(2).allMatch(line -> line.contains("; Max-Age=" + maxAge + "; "));
    }

    private static List<String> stored(CookieSettings settings, RecordingExchange exchange) {
        new AttributionCookies(settings).store(Rules.PLAIN, "one", HandSetClock.START, exchange);
        return exchange.setCookies();
    }
}
