package io.reftrail;

import java.util.List;

/**
 * The exception for an event that could not be stored for at least one backend. Report the event again: for a backend that has it
 * already, it is a duplicate. In a webhook, let the exception pass, so that the sender sends the webhook again.
 */
public final class EventRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final List<String> backends;

    EventRefusedException(String event, List<String> backends) {
        super("The " + event + " could not be stored for " + String.join(", ", backends)
                + ". Report it again; the log has the cause.");
        this.backends = List.copyOf(backends);
    }

    static void throwIfAny(String event, List<String> refused) {
        if (!refused.isEmpty()) {
            throw new EventRefusedException(event, refused);
        }
    }

    /**
     * Returns the names of the backends that the event could not be stored for; never empty. {@code attribution} stands for the
     * customer's {@linkplain Reftrail#journey journey}.
     */
    public List<String> backends() {
        return backends;
    }
}
