package io.example.shop;

import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.SaleStatus;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** Tells Reftrail what the payment provider says. Each method returns the status to answer the provider with. */
final class PaymentWebhook {

    private final Reftrail reftrail;

    PaymentWebhook(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    int orderPaid(String customerId, BigDecimal total, String currency, String orderId) {
        return answer(reftrail.sale(customerId, total, currency, orderId));
    }

    int subscriptionPaid(String customerId, long cents, String currency, String invoiceId, String subscriptionId) {
        Payment payment = Payment.of(customerId, invoiceId, money(cents, currency))
                .forSubscription(subscriptionId, Interval.MONTH)
                .withProcessor("stripe");
        return answer(reftrail.sale(payment));
    }

    int refunded(String customerId, String invoiceId, String refundId, long cents, String currency) {
        return answer(reftrail.refund(
                new RefundRequest(customerId, invoiceId, refundId, money(cents, currency), "requested")));
    }

    /** From minor units, as ISO 4217 counts them: 2900 is 29.00 EUR, and 2900 JPY. */
    private static Money money(long minorUnits, String code) {
        Currency currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
        return new Money(BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits()), currency);
    }

    /** What is not a success has the provider send the webhook again. */
    private static int answer(Map<String, SaleStatus> statuses) {
        return statuses.containsValue(SaleStatus.REFUSED) ? 503 : 200;
    }
}
