package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;

/**
 * A listener that is notified of the results of deliveries, for meters. Called on the dispatcher's thread, once for each settlement
 * after the outbox has stored it; must not block, because nothing else is settled or claimed meanwhile.
 */
public interface DeliveryListener {

    /** A listener that does nothing. */
    DeliveryListener NONE = new DeliveryListener() {};

    /** Called when a backend has given its final answer. */
    default void onSettled(Event event, Outcome outcome) {}

    /** Called when an attempt has failed; the event is sent again after the delay. */
    default void onRetry(Event event, String reason, Duration delay) {}

    /** Called when an event was given up; it stays in the outbox with its reason. */
    default void onDead(Event event, String reason) {}

    /** Called when an event is not sent because its lead was declined. */
    default void onDeclined(Event event, String reason) {}

    /** Called when a backend's queue is paused. */
    default void onPause(String backend, String reason, Duration pause) {}
}
