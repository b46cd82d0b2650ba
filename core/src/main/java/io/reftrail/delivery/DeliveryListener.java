package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;

/**
 * Told how deliveries go: the hook for metrics. Called on the one thread that does all that concerns the outbox, once for
 * each event after the outbox has taken its settlement; must not block, or nothing is delivered meanwhile.
 */
public interface DeliveryListener {

    /** Listens to nothing. */
    DeliveryListener NONE = new DeliveryListener() {};

    /** A backend has given its final answer. */
    default void onSettled(Event event, Outcome outcome) {}

    /** An attempt has failed; the event will be sent again after the delay. */
    default void onRetry(Event event, String reason, Duration delay) {}

    /** An event was given up; it stays in the outbox with its reason. */
    default void onDead(Event event, String reason) {}

    /** A backend's queue rests for a time. */
    default void onPause(String backend, String reason, Duration pause) {}
}
