package io.reftrail.outbox;

import org.jspecify.annotations.Nullable;

/** The outbox could not do what it was asked: full, closed, or its database is away. Holds no personal data. */
@SuppressWarnings("serial")
public final class OutboxException extends RuntimeException {

    /** A failure without a cause below. */
    public OutboxException(String message) {
        super(message);
    }

    /** A failure with what caused it. */
    public OutboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
