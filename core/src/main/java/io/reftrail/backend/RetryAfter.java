package io.reftrail.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} (RFC 9110, section 10.2.3) with suspicion: seconds, an HTTP date, and the absolute
 * timestamps in seconds or milliseconds that some backends send instead (docs/contracts/dub.md, section 3.5).
 */
final class RetryAfter {

    /** A backend that sends a time in the past would otherwise be asked again without end and without a breath. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** However long a backend asks us to wait, we look again after this. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int LONG_DIGITS = 18;
    private static final long EPOCH_SECONDS = 1_000_000_000L;
    private static final long EPOCH_MILLIS = 1_000_000_000_000L;

    private RetryAfter() {}

    /** Returns how long to wait, between {@link #SHORTEST} and {@link #LONGEST}, or {@code otherwise} if the header says nothing. */
    static Duration read(HttpReply reply, Duration otherwise) {
        String header = reply.retryAfter() == null ? "" : reply.retryAfter().strip();
        Duration wait = parse(header, reply.receivedAt());
        if (wait == null) {
            return otherwise;
        }
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration parse(String header, Instant now) {
        if (DIGITS.matcher(header).matches()) {
            if (header.length() > LONG_DIGITS) {
                return LONGEST;
            }
            long number = Long.parseLong(header);
            if (number >= EPOCH_MILLIS) {
                return Duration.between(now, Instant.ofEpochMilli(number));
            }
            return number >= EPOCH_SECONDS
                    ? Duration.between(now, Instant.ofEpochSecond(number))
                    : Duration.ofSeconds(number);
        }
        Instant date = HttpDate.parse(header, now);
        return date == null ? null : Duration.between(now, date);
    }
}
