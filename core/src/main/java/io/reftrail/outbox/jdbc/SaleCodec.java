package io.reftrail.outbox.jdbc;

import io.reftrail.model.Attribution;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Sales and refunds as text. */
final class SaleCodec {

    private SaleCodec() {}

    static void write(Sale sale, JsonGenerator generator) {
        Payment payment = sale.payment();
        generator.writeStringProperty("customerId", payment.customerId());
        generator.writeStringProperty("invoiceId", payment.invoiceId());
        write(payment.amount(), generator);
        generator.writeStringProperty("leadEventName", sale.leadEventName());
        JsonFields.writePresent(generator, "follows", sale.follows());
        JsonFields.writePresent(generator, "subscriptionId", payment.subscriptionId());
        JsonFields.writePresent(generator, "interval", payment.interval());
        JsonFields.writePresent(generator, "productId", payment.productId());
        JsonFields.writePresent(generator, "processor", payment.processor());
        JsonFields.writeMap(generator, "metadata", payment.metadata());
    }

    static void write(Refund refund, JsonGenerator generator) {
        generator.writeStringProperty("customerId", refund.customerId());
        generator.writeStringProperty("invoiceId", refund.invoiceId());
        generator.writeStringProperty("refundId", refund.refundId());
        write(refund.amount(), generator);
        JsonFields.writePresent(generator, "reason", refund.reason());
        JsonFields.writePresent(generator, "follows", refund.follows());
    }

    private static void write(@Nullable Money money, JsonGenerator generator) {
        if (money != null) {
            generator.writeStringProperty("amount", money.amount().toPlainString());
            generator.writeStringProperty("currency", money.currency().getCurrencyCode());
        }
    }

    static Sale sale(Attribution attribution, JsonFields fields) {
        String interval = fields.optional("interval");
        Payment payment = new Payment(
                fields.required("customerId"),
                fields.required("invoiceId"),
                Money.of(new BigDecimal(fields.required("amount")), fields.required("currency")),
                fields.optional("subscriptionId"),
                interval == null ? null : Interval.valueOf(interval),
                fields.optional("productId"),
                fields.optional("processor"),
                fields.map("metadata"));
        return new Sale(
                attribution,
                payment,
                fields.required("leadEventName"),
                fields.occurredAt(),
                fields.optional("follows"));
    }

    static Refund refund(Attribution attribution, JsonFields fields) {
        String amount = fields.optional("amount");
        return new Refund(
                attribution,
                fields.required("customerId"),
                fields.required("invoiceId"),
                fields.required("refundId"),
                amount == null ? null : Money.of(new BigDecimal(amount), fields.required("currency")),
                fields.optional("reason"),
                fields.occurredAt(),
                fields.optional("follows"));
    }
}
