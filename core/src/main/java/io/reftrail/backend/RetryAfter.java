package io.reftrail.backend;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reading of {@code Retry-After} (RFC 9110, section 10.2.3): seconds, a date, or the absolute timestamps in seconds or
 * milliseconds that some backends send instead (docs/contracts/dub.md, section 3.5).
 */
public final class RetryAfter {

    /** The shortest wait: a backend that sends a time in the past would otherwise be called in a loop. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest wait: after this the backend is tried again, whatever it has asked for. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int LONG_DIGITS = 18;
    private static final long EPOCH_SECONDS = 1_000_000_000L;
    private static final long EPOCH_MILLIS = 1_000_000_000_000L;

    private RetryAfter() {}

    /** Returns how long to wait, between one second and one hour, or {@code defaultWait} if the header is missing or unreadable. */
    public static Duration read(HttpReply reply, Duration defaultWait) {
        String header = reply.retryAfter() == null ? "" : reply.retryAfter().strip();
        Duration wait = parse(header, reply.receivedAt());
        if (wait == null) {
            return defaultWait;
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
        try {
            // The format that senders have to use; no vendor sends the two obsolete ones of RFC 9110.
            return Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
