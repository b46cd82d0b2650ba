package io.reftrail.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of a customer's subscription that moves no money: its trial has begun, or it has ended.
 *
 * @param attribution the click that the customer is attributed to
 * @param kind what has changed
 * @param customerId the application's id of the customer, as in the lead; never blank
 * @param subscriptionId the unique id of the subscription; never blank. A second change of the same kind is a duplicate
 * @param occurredAt the time of the change
 * @param follows see {@link Event#follows()}
 */
public record SubscriptionChange(
        Attribution attribution,
        Kind kind,
        String customerId,
        String subscriptionId,
        Instant occurredAt,
        @Nullable String follows)
        implements Event {

    /** The kinds of changes. */
    public enum Kind {
        /** A trial has begun. */
        TRIAL_STARTED(Type.TRIAL),
        /** The subscription has ended, and the customer has no other one. */
        ENDED(Type.CANCELLATION);

        private final Type type;

        Kind(Type type) {
            this.type = type;
        }
    }

    /** The attribution's detail with the type of the event, which the ledger keeps. */
    private static final String TYPE = "subscription-change";

    /** @throws IllegalArgumentException if an id is blank */
    public SubscriptionChange {
        if (customerId.isBlank() || subscriptionId.isBlank()) {
            throw new IllegalArgumentException("a change has a customer and a subscription");
        }
        attribution = attribution.with(TYPE, kind.type.name().toLowerCase(Locale.ROOT));
    }

    /** Returns a change that is sent after the customer's lead, which was reported under this name. */
    public static SubscriptionChange of(
            Attribution attribution,
            Kind kind,
            String customerId,
            String subscriptionId,
            String leadEventName,
            Instant occurredAt) {
        String lead = Lead.deduplicationKey(attribution.backend(), leadEventName, customerId);
        return new SubscriptionChange(attribution, kind, customerId, subscriptionId, occurredAt, lead);
    }

    /** Returns this change, to be sent after the sale of an invoice. */
    public SubscriptionChange afterSale(String invoiceId) {
        return new SubscriptionChange(
                attribution, kind, customerId, subscriptionId, occurredAt, Sale.deduplicationKey(backend(), invoiceId));
    }

    /** Returns the type of the change that has this attribution, or {@code null} if another event has it. */
    public static @Nullable Type typeOf(Attribution attribution) {
        String type = attribution.detail(TYPE);
        for (Kind kind : Kind.values()) {
            if (kind.type.name().toLowerCase(Locale.ROOT).equals(type)) {
                return kind.type;
            }
        }
        return null;
    }

    @Override
    public Type type() {
        return kind.type;
    }

    @Override
    public SubscriptionChange withAttribution(Attribution attribution) {
        return new SubscriptionChange(attribution, kind, customerId, subscriptionId, occurredAt, follows);
    }

    @Override
    public String deduplicationKey() {
        return String.join("\n", backend(), "", kind.type.name().toLowerCase(Locale.ROOT), subscriptionId);
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "SubscriptionChange[backend=" + backend() + ", kind=" + kind + ", occurredAt=" + occurredAt + "]";
    }
}
