package io.reftrail.model;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event that is reported to one backend. */
public sealed interface Event extends Serializable permits Click, Lead, Sale, Refund, SubscriptionChange {

    /** The kinds of events. */
    enum Type {
        /** A {@link Click}. */
        CLICK,
        /** A {@link Lead}. */
        LEAD,
        /** A {@link Sale}. */
        SALE,
        /** A {@link Refund}. */
        REFUND,
        /** A {@link SubscriptionChange}: a trial has begun. */
        TRIAL,
        /** A {@link SubscriptionChange}: a subscription has ended. */
        CANCELLATION
    }

    /** Returns the kind of event. */
    Type type();

    /** Returns the name of the backend. */
    default String backend() {
        return attribution().backend();
    }

    /** Returns the click that the event is attributed to. */
    Attribution attribution();

    /** Returns this event with more data about the same click. */
    Event withAttribution(Attribution attribution);

    /** Returns the application's id of the customer, or {@code null} for a click. */
    @Nullable
    String customerId();

    /**
     * Returns the key that identifies the event: of two events with the same key, only one is reported. It contains personal
     * data: store a hash.
     */
    String deduplicationKey();

    /**
     * Returns the deduplication key of the event's predecessor, or {@code null}. The event is sent after its predecessor is
     * settled, with the data of the backend's answer: a lead after its click, a sale after its lead.
     */
    @Nullable
    String follows();

    /** Returns the time of the event. */
    Instant occurredAt();
}
