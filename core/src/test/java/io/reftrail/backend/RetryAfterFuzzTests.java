package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** A {@code Retry-After} as it came: any wait is bounded, and dates are those that the HTTP client's own reader finds. */
class RetryAfterFuzzTests {

    private static final Duration OTHERWISE = Duration.ofMillis(30_001);

    @FuzzTest
    void isReadWithSuspicion(byte[] input) {
        String header = new String(input, StandardCharsets.ISO_8859_1);
        HttpReply reply = Replies.reply(429, "", header);

        Duration wait = RetryAfter.read(reply, OTHERWISE);

        assertThat(wait).isBetween(RetryAfter.SHORTEST, RetryAfter.LONGEST);
        Instant date = httpDate(header.strip());
        if (date != null) {
            assertThat(wait).isEqualTo(bounded(Duration.between(reply.receivedAt(), date)));
        } else if (header.strip().matches("[0-9]{1,9}")) {
            assertThat(wait).isEqualTo(bounded(Duration.ofSeconds(Long.parseLong(header.strip()))));
        } else if (header.chars().noneMatch(Character::isDigit)) {
            assertThat(wait).isEqualTo(OTHERWISE);
        }
    }

    private static @Nullable Instant httpDate(String header) {
        boolean plain = header.matches("\\w{3}, \\d{2} \\w{3} 20\\d{2} [\\d:]{8} GMT");
        return plain ? DateUtils.parseStandardDate(header) : null;
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(RetryAfter.SHORTEST) < 0) {
            return RetryAfter.SHORTEST;
        }
        return wait.compareTo(RetryAfter.LONGEST) > 0 ? RetryAfter.LONGEST : wait;
    }
}
