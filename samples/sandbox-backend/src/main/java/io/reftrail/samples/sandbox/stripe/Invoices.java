package io.reftrail.samples.sandbox.stripe;

import static io.reftrail.samples.sandbox.stripe.StripeObjects.now;
import static io.reftrail.samples.sandbox.stripe.StripeObjects.text;

import io.reftrail.samples.sandbox.stripe.Checkouts.Checkout;
import io.reftrail.samples.sandbox.stripe.Order.Period;
import io.reftrail.samples.sandbox.stripe.Order.Position;
import io.reftrail.samples.sandbox.stripe.Order.Sum;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoices, and the payments that pay them or that stand alone. */
@Component
final class Invoices {

    private final StripeAccount account;
    private final StripeObjects objects;

    Invoices(StripeAccount account, StripeObjects objects) {
        this.account = account;
        this.objects = objects;
    }

    ObjectNode draft(
            ObjectNode customer,
            ObjectNode subscription,
            Order order,
            List<Position> positions,
            String reason,
            Period period) {
        Sum sum = order.sum(positions);
        long balance = customer.get("balance").asLong();
        String subscriptionId = subscription.get("id").asString();
        ObjectNode invoice = objects.keep(objects.create("invoice"))
                .put("billing_reason", reason)
                .put("currency", order.currency())
                .put("customer", customer.get("id").asString())
                .put("customer_email", text(customer, "email"))
                .put("customer_name", text(customer, "name"))
                .put("effective_at", now())
                .put("period_start", period.start())
                .put("period_end", period.end())
                .put("starting_balance", balance)
                .put("subtotal", sum.subtotal())
                .put("total", sum.total())
                .put("total_excluding_tax", sum.total() - sum.tax());
        invoice.put("amount_due", Math.max(0, sum.total() + balance))
                .put("amount_remaining", Math.max(0, sum.total() + balance));
        String id = invoice.get("id").asString();
        ((ObjectNode) invoice.get("automatic_tax")).put("enabled", order.taxPercent() > 0);
        ObjectNode parent = invoice.putObject("parent").putNull("quote_details");
        ObjectNode details = parent.putObject("subscription_details");
        details.set("metadata", subscription.get("metadata").deepCopy());
        details.put("subscription", subscriptionId);
        parent.put("type", "subscription_details");
        if (sum.discount() != 0) {
            String discount = objects.id("di_");
            ((ArrayNode) invoice.get("discounts")).add(discount);
            discounted((ArrayNode) invoice.get("total_discount_amounts"), discount, sum.discount());
        }
        taxed(
                (ArrayNode) invoice.get("total_taxes"),
                order,
                sum,
                positions.get(0).item().taxInclusive());
        ObjectNode lines = (ObjectNode) invoice.get("lines");
        lines.put("url", "/v1/invoices/" + id + "/lines");
        long excluding = 0;
        for (Position position : positions) {
            Sum one = order.sum(position);
            excluding += position.amount() - (position.item().taxInclusive() ? one.tax() : 0);
            ((ArrayNode) lines.get("data")).add(line(id, subscription, order, position, one));
        }
        invoice.put("subtotal_excluding_tax", excluding);
        return invoice;
    }

    private ObjectNode line(String invoice, ObjectNode subscription, Order order, Position position, Sum sum) {
        ObjectNode line = objects.create("line_item")
                .put("amount", position.amount())
                .put("currency", order.currency())
                .put("description", position.text())
                .put("invoice", invoice)
                .put("quantity", position.item().quantity())
                .put("subscription", subscription.get("id").asString());
        line.set("metadata", subscription.get("metadata").deepCopy());
        ((ObjectNode) line.get("period"))
                .put("start", position.period().start())
                .put("end", position.period().end());
        ObjectNode price = position.item().price();
        ((ObjectNode) line.at("/pricing/price_details"))
                .put("price", price.get("id").asString())
                .put("product", price.get("product").asString());
        ((ObjectNode) line.get("pricing"))
                .put("unit_amount_decimal", price.get("unit_amount_decimal").asString());
        ObjectNode parent = line.putObject("parent").putNull("invoice_item_details");
        parent.putObject("subscription_item_details")
                .putNull("invoice_item")
                .put("proration", position.prorated())
                .putNull("proration_details")
                .put("subscription", subscription.get("id").asString())
                .put("subscription_item", subscription.at("/items/data/0/id").asString());
        parent.put("type", "subscription_item_details");
        if (sum.discount() != 0) {
            discounted((ArrayNode) line.get("discount_amounts"), objects.id("di_"), sum.discount());
        }
        taxed((ArrayNode) line.get("taxes"), order, sum, position.item().taxInclusive());
        return line;
    }

    private static void discounted(ArrayNode amounts, String discount, long amount) {
        amounts.addObject().put("amount", amount).put("discount", discount);
    }

    private static void taxed(ArrayNode taxes, Order order, Sum sum, boolean inclusive) {
        if (order.taxPercent() > 0) {
            ObjectNode tax = taxes.addObject()
                    .put("amount", sum.tax())
                    .put("tax_behavior", inclusive ? "inclusive" : "exclusive");
            tax.putObject("tax_rate_details").put("tax_rate", "txr_sandbox" + order.taxPercent());
            tax.put("taxability_reason", "standard_rated")
                    .put("taxable_amount", sum.total() - sum.tax())
                    .put("type", "tax_rate_details");
        }
    }

    /** Finalizes an invoice and takes what is due. What the customer's balance covers is not paid. */
    void collect(ObjectNode invoice, ObjectNode customer, String description, Checkout checkout) {
        account.emit("invoice.created", invoice);
        long sequence = customer.get("next_invoice_sequence").asLong();
        customer.put("next_invoice_sequence", sequence + 1);
        long due = invoice.get("amount_due").asLong();
        long balance = Math.min(
                0,
                invoice.get("total").asLong() + invoice.get("starting_balance").asLong());
        customer.put("balance", balance);
        invoice.put("status", "open")
                .put(
                        "number",
                        "%s-%04d".formatted(customer.get("invoice_prefix").asString(), sequence))
                .put("ending_balance", balance);
        ((ObjectNode) invoice.get("status_transitions")).put("finalized_at", now());
        account.emit("invoice.finalized", invoice);
        if (due > 0) {
            ObjectNode intent = intent(invoice.get("currency").asString(), due, customer);
            intent.put("description", description);
            account.emit("payment_intent.created", intent);
            charge(intent, customer);
            invoicePaid(invoice, intent, due);
        }
        invoice.put("status", "paid")
                .put("amount_paid", due)
                .put("amount_remaining", 0)
                .put("attempted", true)
                .put("attempt_count", due > 0 ? 1 : 0);
        ((ObjectNode) invoice.get("status_transitions")).put("paid_at", now());
        account.emit("invoice.paid", invoice);
        account.emit("invoice.payment_succeeded", invoice);
        if (due > 0) {
            account.announce(checkout.payment("invoice.paid", invoice.get("id").asString(), due));
        }
    }

    /** Keeps which payment has paid an invoice: since 2025 neither of them names the other. */
    private void invoicePaid(ObjectNode invoice, ObjectNode intent, long amount) {
        ObjectNode payment = objects.keep(objects.create("invoice_payment"))
                .put("amount_paid", amount)
                .put("amount_requested", amount)
                .put("currency", invoice.get("currency").asString())
                .put("invoice", invoice.get("id").asString());
        ((ObjectNode) payment.get("payment"))
                .put("payment_intent", intent.get("id").asString());
        ((ObjectNode) payment.get("status_transitions")).put("paid_at", now());
        account.emit("invoice_payment.paid", payment);
    }

    ObjectNode intent(String currency, long amount, @Nullable ObjectNode customer) {
        ObjectNode intent = objects.keep(objects.create("payment_intent"))
                .put("amount", amount)
                .put("currency", currency)
                .put("customer", customer == null ? null : customer.get("id").asString())
                .put("receipt_email", customer == null ? null : text(customer, "email"));
        return intent.put("client_secret", intent.get("id").asString() + "_secret_" + objects.id(""));
    }

    /** Takes the money of a payment intent. */
    void charge(ObjectNode intent, @Nullable ObjectNode customer) {
        ObjectNode charge = objects.keep(objects.create("charge"));
        long amount = intent.get("amount").asLong();
        String kind = intent.at("/payment_method_types/0").asString();
        charge.put("amount", amount)
                .put("amount_captured", amount)
                .put("balance_transaction", objects.id("txn_"))
                .put("currency", intent.get("currency").asString())
                .put("customer", text(intent, "customer"))
                .put("description", text(intent, "description"))
                .put("payment_intent", intent.get("id").asString())
                .put("payment_method", objects.id("pm_"))
                .put("receipt_email", text(intent, "receipt_email"));
        charge.set("metadata", intent.get("metadata").deepCopy());
        ObjectNode billing = (ObjectNode) charge.get("billing_details");
        if (customer != null) {
            billing.put("email", text(customer, "email")).put("name", text(customer, "name"));
        }
        ObjectNode details = charge.putObject("payment_method_details").put("type", kind);
        if (kind.equals("card")) {
            details.putObject("card")
                    .put("brand", "visa")
                    .put("funding", "credit")
                    .put("last4", "4242");
        } else {
            details.putObject(kind).put("country", "DE").put("last4", "3000");
        }
        intent.put("status", "succeeded")
                .put("amount_received", amount)
                .put("latest_charge", charge.get("id").asString())
                .put("payment_method", charge.get("payment_method").asString());
        account.emit("charge.succeeded", charge);
        account.emit("payment_intent.succeeded", intent);
    }
}
