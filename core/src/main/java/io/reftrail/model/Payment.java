package io.reftrail.model;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment of a customer. Only the first three fields are required; fields that are {@code null} are not sent.
 *
 * @param customerId the application's id of the customer, as it was reported with the lead; never blank
 * @param invoiceId the unique id of the payment, such as that of the invoice, order or transaction; never blank. A payment with
 *     an id that was reported before is a duplicate
 * @param amount the amount
 * @param subscriptionId the id of the subscription, or {@code null} for a single payment
 * @param interval how often the subscription is paid, or {@code null}
 * @param productId the id of the product, or {@code null}
 * @param processor the payment provider, in the backends' spelling, for example {@code stripe} or {@code paddle}; or
 *     {@code null}
 * @param metadata free key/value data that the backend stores with the sale; may be empty, nothing personal
 * @param renewal whether an earlier payment was made for the same subscription
 */
public record Payment(
        String customerId,
        String invoiceId,
        Money amount,
        @Nullable String subscriptionId,
        @Nullable Interval interval,
        @Nullable String productId,
        @Nullable String processor,
        Map<String, String> metadata,
        boolean renewal)
        implements Serializable {

    /** The interval between the payments of a subscription. */
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
        return new Payment(customerId, invoiceId, amount, null, null, null, null, Map.of(), false);
    }

    /** Returns this payment as the first one for a subscription. */
    public Payment forSubscription(String subscriptionId, @Nullable Interval interval) {
        return new Payment(
                customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata, false);
    }

    /** Returns this payment as a later one for a subscription. */
    public Payment forRenewal(String subscriptionId, @Nullable Interval interval) {
        return new Payment(
                customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata, true);
    }

    /** Returns this payment with the id of the product. */
    public Payment withProduct(@Nullable String productId) {
        return new Payment(
                customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata, renewal);
    }

    /** Returns this payment with the payment provider. */
    public Payment withProcessor(@Nullable String processor) {
        return new Payment(
                customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata, renewal);
    }

    /** Returns this payment with other metadata. */
    public Payment withMetadata(Map<String, String> metadata) {
        return new Payment(
                customerId, invoiceId, amount, subscriptionId, interval, productId, processor, metadata, renewal);
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "Payment[currency=" + amount.currency() + "]";
    }
}
