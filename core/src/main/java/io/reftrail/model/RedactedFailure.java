package io.reftrail.model;

import org.jspecify.annotations.Nullable;

/**
 * A failure for the log: its class and stack without its message, because applications, drivers and vendors put addresses and
 * ids into messages.
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

    /** Returns a failure without its message and the messages of its causes. */
    public static RedactedFailure of(Throwable failure) {
        return new RedactedFailure(failure);
    }

    private static @Nullable RedactedFailure of(@Nullable Throwable cause, Throwable failure) {
        return cause == null || cause == failure ? null : new RedactedFailure(cause);
    }

    /**
     * Returns the name of the failure's class, with the message if the class is Reftrail's own, which contains no personal
     * data.
     */
    @Override
    public String toString() {
        return text;
    }
}
