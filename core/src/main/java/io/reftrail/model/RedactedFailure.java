package io.reftrail.model;

import org.jspecify.annotations.Nullable;

/**
 * A failure for the log: its class and stack trace without its message, because applications, drivers and vendors put addresses
 * and ids into messages. The messages of Reftrail's own exceptions contain no personal data and stay.
 */
@SuppressWarnings({"serial", "OverrideThrowableToString"})
public final class RedactedFailure extends Exception {

    private static final String OURS = "io.reftrail.";

    private final String text;

    private RedactedFailure(Throwable failure) {
        super(null, of(failure.getCause(), failure), false, true);
        String type = failure.getClass().getName();
        this.text = type.startsWith(OURS) ? failure.toString() : type;
        setStackTrace(failure.getStackTrace());
    }

    /** Returns a failure without its message and the messages of its causes, except for those of Reftrail's own exceptions. */
    public static RedactedFailure of(Throwable failure) {
        return new RedactedFailure(failure);
    }

    private static @Nullable RedactedFailure of(@Nullable Throwable cause, Throwable failure) {
        return cause == null || cause == failure ? null : new RedactedFailure(cause);
    }

    /** Returns the name of the failure's class, and the message if the class is Reftrail's own. */
    @Override
    public String toString() {
        return text;
    }
}
