package io.reftrail.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The exception for a failed operation of an outbox: it is full or closed, or its database fails. The message contains no
 * personal data.
 */
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
