package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.util.function.Supplier;

/**
 * An observer that surrounds each send, for tracing and timing. Called on sending threads; must not block beyond the send. If it throws, the log names it. If it throws or does not call the send, the event is sent anyway.
 */
@FunctionalInterface
public interface SendObserver {

    /** An observer that does nothing. */
    SendObserver NONE = (event, send) -> send.get();

    /**
     * Runs the send once and returns its outcome.
     *
     * @param event the event that is sent
     * @param send the send; never throws
     */
    Outcome observe(Event event, Supplier<Outcome> send);
}
