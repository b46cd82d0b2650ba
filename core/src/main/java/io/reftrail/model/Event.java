package io.reftrail.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something to report to one backend. */
public sealed interface Event permits Click, Lead, Sale, Refund {

    /** The kinds of events. */
    enum Type {
        /** A {@link Click}. */
        CLICK,
        /** A {@link Lead}. */
        LEAD,
        /** A {@link Sale}. */
        SALE,
        /** A {@link Refund}. */
        REFUND
    }

    /** What kind of event it is. */
    Type type();

    /** The name of the backend that the event goes to. */
    default String backend() {
        return attribution().backend();
    }

    /** The click that it is credited to. */
    Attribution attribution();

    /** Returns this event, credited to the same click of which more is known now. */
    Event withAttribution(Attribution attribution);

    /** The application's id of the customer it is about, or {@code null} before anybody has signed up. */
    @Nullable
    String customerId();

    /** Equal for two events of which the backend shall see only one. Holds personal data: store a hash of it. */
    String deduplicationKey();

    /**
     * The deduplication key of the event that goes before this one, or {@code null}. While that one waits for its
     * backend, this one waits for it: click before lead, lead before sale. What the backend has said to that one is known to
     * this one when it is sent.
     */
    @Nullable
    String follows();

    /** When it happened. */
    Instant occurredAt();
}
