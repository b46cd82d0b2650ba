package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.capture.TouchCapture.Arrival;
import io.reftrail.capture.TouchCapture.Found;
import io.reftrail.journey.Touch;
import io.reftrail.testing.RecordingExchange;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A cookie of touches and the headers of an arrival, as anybody may write them. */
class TouchCookieFuzzTests {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final Referrers referrers = new Referrers(Set.of());
    private final TouchCookie cookie = new TouchCookie(CookieSigning.NONE, referrers);

    /** Whatever is read is written in a form that is read as the same. */
    @FuzzTest
    void whatIsReadIsWrittenAlike(byte[] input) {
        List<Touch> touches = cookie.parse(new String(input, StandardCharsets.UTF_8), Instant.MIN, Instant.MAX);
        assertThat(touches).hasSizeLessThanOrEqualTo(TouchCookie.MOST);
        if (!touches.isEmpty()) {
            String value = cookie.format(touches);
            assertThat(value).hasSizeLessThanOrEqualTo(TouchCookie.LONGEST).matches("[\\x21-\\x7e&&[^\",;\\\\]]+");
            List<Touch> again = cookie.parse(value, Instant.MIN, Instant.MAX);
            assertThat(again).isNotEmpty();
            assertThat(cookie.format(again)).isEqualTo(value);
        }
    }

    /** The lines of the input: query, referrer, the value of Sec-Fetch-Site, and a Cookie header. */
    @FuzzTest
    void anArrivalIsATouchOrNone(byte[] input) {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 4);
        TouchCapture touches = new TouchCapture(
                new TouchSettings(Duration.ofDays(400), Set.of()),
                Rules.COOKIES,
                CookieSigning.NONE,
                Clock.fixed(NOW, ZoneOffset.UTC));
        Arrival arrival = new Arrival(
                "shop.example.com",
                "/landing",
                lines[0],
                lines.length > 1 ? lines[1] : null,
                lines.length > 2 && !lines[2].isEmpty() ? lines[2] : null);
        RecordingExchange exchange = lines.length > 3 ? RecordingExchange.with(lines[3]) : RecordingExchange.with();
        Found found = touches.find(arrival, List.of(), exchange);
        if (found != null && found.touch() != null) {
            touches.store(found.touch(), exchange);
            List<Touch> stored = touches.touches(exchange.next());
            assertThat(stored).isNotEmpty();
            assertThat(stored).anyMatch(touch -> touch.time().equals(NOW));
        }
    }

    /** The host is that of {@link URI}, wherever that reads one (RFC 3986, section 3.2.2). */
    @FuzzTest
    void aHostIsThatOfTheUri(byte[] input) {
        String referrer = new String(input, StandardCharsets.UTF_8);
        String host = Referrers.host(referrer);
        if (host == null) {
            return;
        }
        assertThat(host).matches("[a-z0-9._-]{1,253}");
        assertThat(referrers.place(host).name()).isNotBlank();
        try {
            String standard = new URI(referrer).getHost();
            if (standard != null) {
                assertThat(host).isEqualTo(standard.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
            }
        } catch (URISyntaxException stricter) {
            assertThat(stricter.getInput()).isEqualTo(referrer);
        }
    }
}
