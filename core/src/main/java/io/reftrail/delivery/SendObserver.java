package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.util.function.Supplier;

/**
 * Stands around each send: the hook for tracing and timing. Called on sending threads; must not block beyond the send and
 * must return what the send has returned.
 */
@FunctionalInterface
public interface SendObserver {

    /** Observes nothing. */
    SendObserver NONE = (event, send) -> send.get();

    /**
     * Runs the send once and returns its outcome.
     *
     * @param event what is sent
     * @param send sends; never throws
     */
    Outcome observe(Event event, Supplier<Outcome> send);
}
