package io.reftrail.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reply to an {@link HttpCall}.
 *
 * @param status the status code
 * @param retryAfter the {@code Retry-After} header as it was sent, or {@code null}
 * @param body the body, possibly truncated at the transport's limit; empty if there was none
 * @param receivedAt when it arrived; a date in {@code Retry-After} counts from here
 */
public record HttpReply(int status, @Nullable String retryAfter, String body, Instant receivedAt) {

    /** Leaves out the body, which may hold personal data. */
    @Override
    public String toString() {
        return "HttpReply[status=" + status + "]";
    }
}
