package io.reftrail.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment of a customer who was referred by a partner.
 *
 * @param attribution the click that the customer is attributed to
 * @param payment the payment
 * @param leadEventName the backend's name of the event that made the customer a lead
 * @param occurredAt the time of the payment
 * @param follows see {@link Event#follows()}
 */
public record Sale(
        Attribution attribution,
        Payment payment,
        String leadEventName,
        Instant occurredAt,
        @Nullable String follows) implements Event {

    /** Returns the sale of a customer whose lead has been reported under this name. */
    public static Sale of(Attribution attribution, Payment payment, String leadEventName, Instant occurredAt) {
        String lead = Lead.deduplicationKey(attribution.backend(), leadEventName, payment.customerId());
        return new Sale(attribution, payment, leadEventName, occurredAt, lead);
    }

    /** Returns this sale, to be sent after the event with the given {@linkplain Event#deduplicationKey() key}. */
    public Sale following(String deduplicationKey) {
        return new Sale(attribution, payment, leadEventName, occurredAt, deduplicationKey);
    }

    /** Returns the {@linkplain Event#deduplicationKey() key} of the sale of this invoice. */
    public static String deduplicationKey(String backend, String invoiceId) {
        return String.join("\n", backend, "", "sale", invoiceId);
    }

    @Override
    public Type type() {
        return Type.SALE;
    }

    @Override
    public Sale withAttribution(Attribution attribution) {
        return new Sale(attribution, payment, leadEventName, occurredAt, follows);
    }

    @Override
    public String customerId() {
        return payment.customerId();
    }

    @Override
    public String deduplicationKey() {
        return deduplicationKey(backend(), payment.invoiceId());
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "Sale[backend=" + backend() + ", occurredAt=" + occurredAt + "]";
    }
}
