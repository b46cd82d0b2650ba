package io.reftrail.payments;

import io.reftrail.model.Attribution;
import io.reftrail.model.Payment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A statement in a payment provider's delivery. Facts hold the provider's ids, and amounts in the currency's minor unit as of
 * {@link java.util.Currency#getDefaultFractionDigits()}. A {@linkplain Payments record} of a payer is a set of facts: the same facts
 * in any order, and any number of times, are the same record. Where two deliveries say something different about the same thing, the
 * later one counts.
 */
public sealed interface PaymentFact {

    /**
     * Two ids name the same payment, for example those of an invoice and of the charge that paid it.
     *
     * @param one an id of a checkout, invoice, payment or charge
     * @param other another one
     */
    record SamePayment(String one, String other) implements PaymentFact {}

    /**
     * A payment or subscription belongs to a customer of the provider.
     *
     * @param of the id of the payment or subscription
     * @param payer the provider's id of the customer
     */
    record PaidBy(String of, String payer) implements PaymentFact {}

    /** The place where an amount is stated. If there are several of one payment, the last one of these counts. */
    enum Source {
        /** The movement of money of a payment that is stated elsewhere. It counts for a checkout that {@linkplain Awaited waits} for it. */
        CAPTURE,
        /** The movement of money, which does not state the tax. */
        TRANSFER,
        /** The checkout. */
        CHECKOUT,
        /** The invoice. */
        INVOICE
    }

    /**
     * Money has arrived, or nothing was due.
     *
     * @param payment the id of the invoice or payment, under which the sale is reported
     * @param source where the amount is stated
     * @param amount what was paid, with tax, without what a coupon or the customer's balance covered; 0 for a trial
     * @param tax the part of the amount that is tax
     * @param currency the ISO 4217 code
     * @param subscription the id of the subscription, or {@code null} for a single payment
     * @param interval how often the subscription is paid, or {@code null} if unknown
     * @param product the id of the product, or {@code null} if unknown
     * @param first whether it is the subscription's first invoice
     */
    record Paid(
            String payment,
            Source source,
            long amount,
            long tax,
            String currency,
            @Nullable String subscription,
            Payment.@Nullable Interval interval,
            @Nullable String product,
            boolean first)
            implements PaymentFact {

        Paid withTax(long tax) {
            return new Paid(payment, source, amount, tax, currency, subscription, interval, product, first);
        }
    }

    /**
     * A checkout is complete and its money has not arrived: it is captured later, perhaps only in part, or the payment method takes
     * its time.
     *
     * @param payment the id of the payment
     * @param amount what is to be paid, with tax
     * @param tax the part of the amount that is tax
     */
    record Awaited(String payment, long amount, long tax) implements PaymentFact {}

    /**
     * The sum that was given back of one charge so far, failed refunds left out.
     *
     * @param charge the id of the charge
     * @param amount the sum
     */
    record RefundTotal(String charge, long amount) implements PaymentFact {}

    /**
     * One refund, dispute or correction.
     *
     * @param payment an id of the payment
     * @param id the id of the refund or dispute
     * @param charge the id of the charge whose {@link RefundTotal} includes it, or {@code null} if none does
     * @param since the time from which {@code RefundTotal} includes it
     * @param amount the amount; negative if it takes another one back
     * @param counts whether the customer has the money: not a refund that has failed, not a dispute that is open or won
     * @param last whether {@code counts} can no longer change
     */
    record Reversal(
            String payment,
            String id,
            @Nullable String charge,
            Instant since,
            long amount,
            boolean counts,
            boolean last)
            implements PaymentFact {}

    /** The ways in which a customer is named, the most reliable one first. */
    enum Naming {
        /** By metadata that the application has written for this purpose. */
        METADATA,
        /** By the provider's field for a reference of the application. */
        REFERENCE,
        /** By the e-mail address. */
        EMAIL
    }

    /**
     * The application's id of the customer.
     *
     * @param of the provider's id of a payment, subscription or customer
     * @param by how the customer is named
     * @param customerId the application's id; never blank
     */
    record CustomerNamed(String of, Naming by, String customerId) implements PaymentFact {
        /** Leaves the customer's id out. */
        @Override
        public String toString() {
            return "CustomerNamed[by=" + by + "]";
        }
    }

    /**
     * A checkout of a customer without an account carries the visitor's click.
     *
     * @param of the provider's id of a payment, subscription or customer
     * @param click the click
     */
    record CarriesClick(String of, Attribution click) implements PaymentFact {}

    /**
     * A coupon was used at a checkout.
     *
     * @param of the provider's id of a payment or subscription
     * @param coupon the provider's id of the promotion code, coupon or discount
     */
    record CarriesCoupon(String of, String coupon) implements PaymentFact {}

    /**
     * A subscription has begun with a trial.
     *
     * @param subscription its id
     */
    record TrialStarted(String subscription) implements PaymentFact {}

    /**
     * A subscription has ended.
     *
     * @param subscription its id
     */
    record SubscriptionEnded(String subscription) implements PaymentFact {}
}
