package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With keys, only what our own server has written counts: the rows of the table in docs/configuration.md. */
class SignedMetadataCookieTests {

    private static final String OLD = "old-0123456789-abcdefghijklmnopqrstuvwxyz";
    private static final String NEW = "new-0123456789-abcdefghijklmnopqrstuvwxyz";
    private static final Instant CLICKED = Instant.parse("2026-03-01T10:15:30Z");

    private final HandSetClock clock = new HandSetClock();
    private final AttributionCookies signed = cookies(CookieSigning.of(List.of(NEW)));

    private AttributionCookies cookies(CookieSigning signing) {
        return new AttributionCookies(CookieSettings.DEFAULT, signing, clock);
    }

    private static RecordingExchange stored(AttributionCookies cookies, CaptureRule rule, String clickId) {
        RecordingExchange exchange = RecordingExchange.with();
        cookies.store(rule, clickId, CLICKED, exchange);
        return exchange.next();
    }

    /** The value of the metadata cookie that a landing writes. */
    private static String metadata(AttributionCookies cookies, CaptureRule rule, String clickId) {
        String header = stored(cookies, rule, clickId).cookieHeaders().get(0);
        return header.substring(header.indexOf("; ") + 2).replaceFirst("[^=]*=", "");
    }

    private static @Nullable Attribution read(AttributionCookies cookies, String header) {
        return cookies.read(Rules.PLAIN, RecordingExchange.with(header));
    }

    @Test
    void whatOurServerHasWrittenCountsWithItsTime() {
        RecordingExchange visit = stored(signed, Rules.PLAIN, "one");

        assertThat(visit.cookieHeaders().get(0))
                .matches("_introw_aff=one; _reftrail_introw=[A-Za-z0-9_-]{22}\\*1772360130\\.[0-9a-f]{32}");
        assertThat(signed.read(Rules.PLAIN, visit)).isEqualTo(new Attribution("introw", "one", CLICKED));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a click id alone, as a script writes it | _introw_aff=one",
                "without a signature                     | _introw_aff=one; _reftrail_introw=1772360130.1ae66",
                "another click id                        | _introw_aff=two; _reftrail_introw=SIGNATURE*TEXT",
                "an earlier time                         | _introw_aff=one; _reftrail_introw=SIGNATURE*1672360130.HASH",
                "another hash for another click id       | _introw_aff=one; _reftrail_introw=SIGNATURE*1772360130.1ae66",
                "made pending                            | _introw_aff=one; _reftrail_introw=SIGNATURE*1772360130!HASH",
                "the signature cut                       | _introw_aff=one; _reftrail_introw=A*TEXT",
                "no signature before the star            | _introw_aff=one; _reftrail_introw=*TEXT",
                "another signature                       | _introw_aff=one; _reftrail_introw=AAAAAAAAAAAAAAAAAAAAAA*TEXT",
                "signed for another backend              | _introw_aff=one; _reftrail_introw=FOREIGN",
                "signed with another site's key          | _introw_aff=one; _reftrail_introw=STRANGER",
            })
    void whatSomebodyElseHasWrittenCountsForNobody(String what, String header) {
        String own = metadata(signed, Rules.PLAIN, "one");
        String text = own.substring(own.indexOf('*') + 1);
        String forged = header.replace("SIGNATURE", own.substring(0, own.indexOf('*')))
                .replace("TEXT", text)
                .replace("HASH", text.substring(text.indexOf('.') + 1))
                .replace("FOREIGN", metadata(signed, Rules.ENCODED, "one"))
                .replace("STRANGER", metadata(cookies(CookieSigning.of(List.of(OLD))), Rules.PLAIN, "one"));

        assertThat(read(signed, forged)).as(what).isNull();
    }

    @Test
    void aTossedClickIdHidesNoneOfOurs() {
        String own = stored(signed, Rules.PLAIN, "one").cookieHeaders().get(0);

        assertThat(read(signed, "_introw_aff=tossed; _reftrail_introw=1.1ae66; " + own))
                .isEqualTo(new Attribution("introw", "one", CLICKED));
    }

    @Test
    void aScriptsClickIdCountsWithoutATimeWhereThatIsAskedFor() {
        AttributionCookies lenient = cookies(CookieSigning.of(List.of(NEW), true, null, false));

        assertThat(read(lenient, "_introw_aff=one; _reftrail_introw=1672360130.1ae66"))
                .isEqualTo(new Attribution("introw", "one", null));
        assertThat(lenient.read(Rules.PLAIN, stored(lenient, Rules.PLAIN, "one")))
                .isEqualTo(new Attribution("introw", "one", CLICKED));
    }

    @Test
    void keysChangeWithoutLosingAClick() {
        String before = stored(cookies(CookieSigning.of(List.of(OLD))), Rules.PLAIN, "one")
                .cookieHeaders()
                .get(0);
        AttributionCookies announcing = cookies(CookieSigning.of(List.of(OLD, NEW)));
        AttributionCookies signing = cookies(CookieSigning.of(List.of(NEW, OLD)));
        String after = stored(signing, Rules.PLAIN, "one").cookieHeaders().get(0);

        assertThat(List.of(announcing, signing)).allSatisfy(node -> {
            assertThat(read(node, before)).isNotNull();
            assertThat(read(node, after)).isNotNull();
        });
        assertThat(read(signed, after)).isNotNull();
        assertThat(read(signed, before)).isNull();
    }

    @Test
    void clicksOfBeforeCountUntilTheGraceIsOver() {
        Instant until = HandSetClock.START.plus(Duration.ofDays(90));
        AttributionCookies patient = cookies(CookieSigning.of(List.of(NEW), false, until, false));
        String unsigned = "_introw_aff=one; _reftrail_introw=1772360130.1ae66";

        assertThat(read(patient, unsigned)).isEqualTo(new Attribution("introw", "one", CLICKED));
        assertThat(read(patient, "_introw_aff=one")).isEqualTo(new Attribution("introw", "one", null));
        assertThat(read(patient, "_introw_aff=one; _reftrail_introw=AAAAAAAAAAAAAAAAAAAAAA*1772360130.1ae66"))
                .isEqualTo(new Attribution("introw", "one", null));
        clock.setTo(until);

        assertThat(read(patient, unsigned)).isNull();
        assertThat(read(patient, "_introw_aff=one")).isNull();
    }

    @Test
    void aNodeThatDoesNotSignYetReadsWhatOthersHaveSigned() {
        assertThat(Rules.COOKIES.read(Rules.PLAIN, stored(signed, Rules.PLAIN, "one")))
                .isEqualTo(new Attribution("introw", "one", CLICKED));
    }

    @Test
    void theHostPrefixIsReadAndExpiredInPlaceOfTheOldName() {
        CookieSettings always =
                new CookieSettings("/", null, CookieSettings.SameSite.LAX, CookieSettings.Secure.ALWAYS);
        Instant until = HandSetClock.START.plus(Duration.ofDays(1));
        AttributionCookies prefixed =
                new AttributionCookies(always, CookieSigning.of(List.of(NEW), false, until, true), clock);
        RecordingExchange before = stored(signed, Rules.PLAIN, "one");
        assertThat(prefixed.read(Rules.PLAIN, before)).isNotNull();

        prefixed.store(Rules.PLAIN, "one", CLICKED, before);
        assertThat(before.setCookies())
                .anyMatch(line -> line.startsWith("__Host-_reftrail_introw=") && line.contains("; Path=/; Secure;"))
                .anyMatch(line -> line.startsWith("_reftrail_introw=; Max-Age=0"))
                .noneMatch(line -> line.contains("Domain"));
        clock.setTo(until);
        RecordingExchange after = before.next();

        assertThat(prefixed.read(Rules.PLAIN, after)).isEqualTo(new Attribution("introw", "one", CLICKED));
        assertThat(prefixed.read(Rules.PLAIN, stored(signed, Rules.PLAIN, "one")))
                .as("a sibling can set the name without the prefix")
                .isNull();
        prefixed.expire(List.of(Rules.PLAIN), after);
        assertThat(after.next().cookieHeaders()).isEmpty();
    }
}
