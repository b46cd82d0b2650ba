package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.util.List;
import org.junit.jupiter.api.Test;

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
                        "_reftrail_introw=; Max-Age=0; Path=/shop; Secure; HttpOnly; SameSite=Lax",
                        "_reftrail_introw=; Max-Age=0; Path=/shop; Domain=example.com; Secure; HttpOnly; SameSite=Lax");
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
