package io.reftrail.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something to report to one backend. Clicks and sales will join the lead here. */
public sealed interface Event permits Lead {

    /** The name of the backend that the event goes to. */
    String backend();

    /** The click that it is credited to. */
    Attribution attribution();

    /** The application's id of the customer it is about, or {@code null} before anybody has signed up. */
    @Nullable
    String customerId();

    /** Equal for two events of which the backend shall see only one. Holds personal data: store a hash of it. */
    String deduplicationKey();

    /**
     * The deduplication key of the event that goes before this one, or {@code null}. While that one waits for its
     * backend, this one waits for it: click before lead, lead before sale.
     */
    @Nullable
    String follows();

    /** When it happened. */
    Instant occurredAt();
}
