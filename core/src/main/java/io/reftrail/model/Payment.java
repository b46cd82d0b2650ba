package io.reftrail.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer has paid. Only the first three are required; what is {@code null} is not sent.
 *
 * @param customerId the application's id of the customer, as it was reported with the lead; never blank
 * @param invoiceId what makes the payment unique: the id of the invoice, order or transaction; never blank. A payment
 *     that is reported again under the same id counts once
 * @param amount what was paid
 * @param subscriptionId the id of the subscription that it was paid for, or {@code null} for a single payment
 * @param interval how often the subscription is paid, or {@code null}
 * @param productId what was bought, or {@code null}
 * @param processor who took the money, in the backends' spelling, for example {@code stripe} or {@code paddle}; or
 *     {@code null}
 * @param metadata free key/value data that the backend stores with the sale; may be empty, nothing personal
 */
public record Payment(
        String customerId,
        String invoiceId,
        Money amount,
        @Nullable String subscriptionId,
        @Nullable Interval interval,
        @Nullable String productId,
        @Nullable String processor,
        Map<String, String> metadata) {

    /** How often a subscription is paid. */
    public enum Interval {
        /** Every month. */
        MONTH,
        /** Every three months. */
        QUARTER,
        /** Every year. */
        YEAR
    }

    /** @throws IllegalArgumentException if an id is blank */
    public Payment {
        metadata = Map.copyOf(metadata);
        if (customerId.isBlank() || invoiceId.isBlank()) {
            throw new IllegalArgumentException("a payment has a customer and an invoice");
        }
    }

    /**
     * Returns a single payment.
     *
     * @throws IllegalArgumentException if an id is blank
     */
    public static Payment of(String customerId, String invoiceId, Money amount) {
        return new Payment(customerId, invoiceId, amount, null, null, null, null, Map.of());
    }

    /** Returns this payment as one for a subscription. */
    public Payment forSubscription(String subscriptionId, @Nullable Interval interval) {
        return new Payment(customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata);
    }

    /** Returns this payment with what was bought. */
    public Payment withProduct(@Nullable String productId) {
        return new Payment(customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata);
    }

    /** Returns this payment with who took the money. */
    public Payment withProcessor(@Nullable String processor) {
        return new Payment(customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata);
    }

    /** Returns this payment with metadata in place of what it had. */
    public Payment withMetadata(Map<String, String> metadata) {
        return new Payment(customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata);
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "Payment[currency=" + amount.currency() + "]";
    }
}
