package io.reftrail.outbox;

import org.jspecify.annotations.Nullable;

/** Thrown if the outbox is full or closed, or its database cannot be reached. The message holds no personal data. */
@SuppressWarnings("serial")
public final class OutboxException extends RuntimeException {

    /** Creates an exception without a cause. */
    public OutboxException(String message) {
        super(message);
    }

    /** Creates an exception with a cause. */
    public OutboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
