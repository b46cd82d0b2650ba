package io.reftrail.model;

import java.time.Instant;

/** Something to report to one backend. Clicks and sales will join the lead here. */
public sealed interface Event permits Lead {

    /** The name of the backend that the event goes to. */
    String backend();

    /** Equal for two events of which the backend shall see only one. Holds personal data: store a hash of it. */
    String deduplicationKey();

    /** When it happened. */
    Instant occurredAt();
}
