package io.reftrail.model;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A customer who came through a partner's link has signed up.
 *
 * @param attribution the click that brought the customer
 * @param customer the customer
 * @param eventName the backend's name for the event, for example {@code Sign Up}
 * @param occurredAt when it happened
 * @param metadata free key/value data that the backend stores with the lead; may be empty
 * @param deduplicationKey see {@link Event#deduplicationKey()}
 */
public record Lead(
        Attribution attribution,
        Customer customer,
        String eventName,
        Instant occurredAt,
        Map<String, String> metadata,
        String deduplicationKey)
        implements Event {

    /** Copies the metadata. */
    public Lead {
        metadata = Map.copyOf(metadata);
    }

    /** Returns the one lead of this customer for this backend and event name. */
    public static Lead of(Attribution attribution, Customer customer, String eventName, Instant occurredAt) {
        String key = String.join("\n", attribution.backend(), eventName, customer.id());
        return new Lead(attribution, customer, eventName, occurredAt, Map.of(), key);
    }

    /** Returns this lead with metadata in place of what it had. */
    public Lead withMetadata(Map<String, String> metadata) {
        return new Lead(attribution, customer, eventName, occurredAt, metadata, deduplicationKey);
    }

    /** Returns this lead with a key of its own, so that only the backend can recognise it as a repetition. */
    public Lead repeatable() {
        return new Lead(
                attribution, customer, eventName, occurredAt, metadata, deduplicationKey + "\n" + UUID.randomUUID());
    }

    @Override
    public String backend() {
        return attribution.backend();
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "Lead[backend=" + backend() + ", eventName=" + eventName + ", occurredAt=" + occurredAt + "]";
    }
}
