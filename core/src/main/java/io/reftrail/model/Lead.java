package io.reftrail.model;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sign-up of a customer who was referred by a partner.
 *
 * @param attribution the click that the customer is attributed to
 * @param customer the customer
 * @param eventName the backend's name for the event, for example {@code Sign Up}
 * @param occurredAt the time of the sign-up
 * @param metadata free key/value data that the backend stores with the lead; may be empty
 * @param deduplicationKey see {@link Event#deduplicationKey()}
 * @param follows see {@link Event#follows()}
 * @param confirms whether this is the confirmation of a deferred lead
 */
public record Lead(
        Attribution attribution,
        Customer customer,
        String eventName,
        Instant occurredAt,
        Map<String, String> metadata,
        String deduplicationKey,
        @Nullable String follows,
        boolean confirms)
        implements Event {

    /** Copies the metadata. */
    public Lead {
        metadata = Map.copyOf(metadata);
    }

    /** Returns the one lead of this customer for this backend and event name. */
    public static Lead of(Attribution attribution, Customer customer, String eventName, Instant occurredAt) {
        String key = deduplicationKey(attribution.backend(), eventName, customer.id());
        return new Lead(attribution, customer, eventName, occurredAt, Map.of(), key, null, false);
    }

    /** Returns the {@linkplain Event#deduplicationKey() key} of the one lead of a customer for a backend and event name. */
    public static String deduplicationKey(String backend, String eventName, String customerId) {
        return String.join("\n", backend, eventName, customerId);
    }

    /** Returns this lead with other metadata. */
    public Lead withMetadata(Map<String, String> metadata) {
        return new Lead(attribution, customer, eventName, occurredAt, metadata, deduplicationKey, follows, confirms);
    }

    /** Returns this lead with a key of its own, so that only the backend can recognise it as a repetition. */
    public Lead repeatable() {
        String key = deduplicationKey + "\n" + UUID.randomUUID();
        return new Lead(attribution, customer, eventName, occurredAt, metadata, key, follows, confirms);
    }

    /** Returns this lead, to be sent after the event with the given {@linkplain Event#deduplicationKey() key}. */
    public Lead following(String deduplicationKey) {
        return new Lead(
                attribution,
                customer,
                eventName,
                occurredAt,
                metadata,
                this.deduplicationKey,
                deduplicationKey,
                confirms);
    }

    /** Returns the confirmation of this lead, to be sent after it. */
    public Lead confirming() {
        String key = confirmationKey(deduplicationKey);
        return new Lead(attribution, customer, eventName, occurredAt, metadata, key, deduplicationKey, true);
    }

    /** Returns the {@linkplain Event#deduplicationKey() key} of the confirmation of the lead that has this key. */
    public static String confirmationKey(String deduplicationKey) {
        return deduplicationKey + "\n\nconfirmed";
    }

    @Override
    public String customerId() {
        return customer.id();
    }

    @Override
    public Type type() {
        return Type.LEAD;
    }

    @Override
    public Lead withAttribution(Attribution attribution) {
        return new Lead(attribution, customer, eventName, occurredAt, metadata, deduplicationKey, follows, confirms);
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "Lead[backend=" + backend() + ", eventName=" + eventName + ", occurredAt=" + occurredAt + "]";
    }
}
