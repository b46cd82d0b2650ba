package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.nio.charset.StandardCharsets;

/** A cookie's path, and on the next line its domain, as somebody wrote them: a line that holds no more than that, or none. */
class CookieSettingsFuzzTests {

    @FuzzTest
    void areTakenOrRefused(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        CookieSettings settings;
        try {
            settings = new CookieSettings(lines[0], lines.length > 1 ? lines[1] : null, SameSite.LAX, Secure.AUTO);
        } catch (InvalidSettingException refused) {
            assertThat(refused.getMessage()).contains("cookie.");
            return;
        }
        RecordingExchange exchange = RecordingExchange.with();
        new AttributionCookies(settings).store(Rules.PLAIN, "one", HandSetClock.START, exchange);
        for (String line : exchange.setCookies()) {
            assertThat(line).matches("[\\x20-\\x7e]+");
            assertThat(line.split(";", -1))
                    .hasSize(
                            settings.domain() == null
                                    ? (line.contains("; HttpOnly;") ? 6 : 5)
                                    : (line.contains("; HttpOnly;") ? 7 : 6));
            assertThat(line).contains("; Path=" + lines[0] + "; ");
        }
    }
}
