package io.reftrail.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reply to an {@link HttpCall}, as much of it as an interpreter needs.
 *
 * @param status the status code
 * @param retryAfter the {@code Retry-After} header as it was sent, or {@code null}
 * @param body the body, possibly cut at the transport's bound; empty if there was none
 * @param receivedAt when it arrived, to make sense of a {@code Retry-After} date
 */
public record HttpReply(int status, @Nullable String retryAfter, String body, Instant receivedAt) {

    /** Leaves the body out: backends echo the person. */
    @Override
    public String toString() {
        return "HttpReply[status=" + status + "]";
    }
}
