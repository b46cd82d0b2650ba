package io.example.shop;

import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/**
 * Reports to Reftrail what the payment provider reports. {@code sale} and {@code refund} throw if they cannot store the event:
 * let the exception pass, so that the webhook is answered with a 5xx status and the provider sends it again.
 */
final class PaymentWebhook {

    private final Reftrail reftrail;

    PaymentWebhook(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    void orderPaid(String customerId, BigDecimal total, String currency, String orderId) {
        reftrail.sale(customerId, total, currency, orderId);
    }

    void subscriptionPaid(String customerId, long cents, String currency, String invoiceId, String subscriptionId) {
        Payment payment = Payment.of(customerId, invoiceId, money(cents, currency))
                .forSubscription(subscriptionId, Interval.MONTH)
                .withProcessor("stripe");
        reftrail.sale(payment);
    }

    void refunded(String customerId, String invoiceId, String refundId, long cents, String currency) {
        reftrail.refund(new RefundRequest(customerId, invoiceId, refundId, money(cents, currency), "requested"));
    }

    /** From minor units, as ISO 4217 counts them: 2900 is 29.00 EUR, and 2900 JPY. */
    private static Money money(long minorUnits, String code) {
        Currency currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
        return new Money(BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits()), currency);
    }
}
