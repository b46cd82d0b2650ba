package io.reftrail.payments;

import com.stripe.Stripe;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Stripe account in tests: events in the shape that Stripe documents for the API version of stripe-java, and signed by
 * stripe-java. {@link StripeEventShapeTests} reads all of them with stripe-java's types.
 *
 * @param suffix what the ids end with, so that a test may have many payers
 * @param at the time of the events in seconds; each journey lets it go on
 */
record StripeAccount(String suffix, long at) {

    static final String SECRET = "whsec_of_the_tests";

    static StripeAccount of(String suffix, Instant at) {
        return new StripeAccount(suffix, at.getEpochSecond());
    }

    StripeAccount after(long seconds) {
        return new StripeAccount(suffix, at + seconds);
    }

    String id(String prefix) {
        return prefix + suffix;
    }

    /** Returns an event around an object. */
    String event(String type, String object) {
        return """
                {"id": "evt_%s_%s_%d", "object": "event", "api_version": "%s", "created": %d, "livemode": false,
                 "pending_webhooks": 1, "request": {"id": null, "idempotency_key": null}, "type": "%s",
                 "data": {"object": %s}}""".formatted(type.replace('.', '_'), suffix, at, Stripe.API_VERSION, at, type, object);
    }

    /** Signs as Stripe does. */
    static String sign(String payload, String secret, Instant at) {
        try {
            String signed = at.getEpochSecond() + "." + payload;
            return "t=" + at.getEpochSecond() + ",v1=" + Webhook.Util.computeHmacSha256(secret, signed)
                    + ",v0=6ffbb59b";
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static byte[] bytes(String payload) {
        return payload.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .map(entry ->
                        "\"" + entry.getKey() + "\": \"" + entry.getValue().replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The session of a subscription's checkout. */
    String subscribed(Map<String, String> metadata) {
        return event("checkout.session.completed", """
                {"id": "%1$s", "object": "checkout.session", "amount_subtotal": 11900, "amount_total": 11900,
                 "client_reference_id": null, "created": %5$d, "currency": "eur", "customer": "%2$s",
                 "customer_details": {"email": "anna@example.com", "name": "Anna", "tax_exempt": "none"},
                 "invoice": "%3$s", "livemode": false, "metadata": %6$s, "mode": "subscription", "payment_intent": null,
                 "payment_status": "paid", "status": "complete", "subscription": "%4$s",
                 "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 1900}}""".formatted(
                        id("cs_"), id("cus_"), id("in_1"), id("sub_"), at, json(metadata)));
    }

    /** The session of a single payment. */
    String checkout(String type, String paymentStatus, long amount, long tax, String currency, String more) {
        return event(type, """
                {"id": "%1$s", "object": "checkout.session", "amount_subtotal": %3$d, "amount_total": %3$d,
                 "created": %6$d, "currency": "%5$s", "invoice": null, "livemode": false, "mode": "payment",
                 "payment_intent": "%2$s", "payment_status": "%7$s", "status": "complete", "subscription": null,
                 "customer_details": {"email": "guest@example.com", "name": "Guest"},
                 "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": %4$d}, %8$s}""".formatted(id("cs_"), id("pi_1"), amount, tax, currency, at, paymentStatus, more));
    }

    /** An invoice of a subscription. */
    String invoice(
            String number,
            String reason,
            long paid,
            long total,
            long tax,
            String currency,
            Map<String, String> metadata) {
        return event("invoice.paid", """
                {"id": "%1$s", "object": "invoice", "amount_due": %4$d, "amount_paid": %4$d, "amount_remaining": 0,
                 "attempted": true, "billing_reason": "%7$s", "collection_method": "charge_automatically", "created": %9$d,
                 "currency": "%8$s", "customer": "%2$s", "customer_email": "anna@example.com", "ending_balance": 0,
                 "lines": {"object": "list", "has_more": false, "url": "/v1/invoices/%1$s/lines", "data": [
                   {"id": "il_0%1$s", "object": "line_item", "amount": -100, "currency": "%8$s", "description": "Unused time",
                    "livemode": false, "metadata": {}, "period": {"end": %9$d, "start": %9$d},
                    "pricing": {"price_details": {"price": "price_old", "product": "prod_old"}, "type": "price_details"}},
                   {"id": "il_1%1$s", "object": "line_item", "amount": %5$d, "currency": "%8$s", "description": "1 x Pro",
                    "livemode": false, "metadata": {}, "quantity": 1,
                    "parent": {"type": "subscription_item_details", "subscription_item_details":
                      {"proration": false, "subscription": "%3$s", "subscription_item": "si_1"}},
                    "period": {"end": %10$d, "start": %9$d},
                    "pricing": {"price_details": {"price": "price_pro", "product": "prod_pro"}, "type": "price_details"}}]},
                 "livemode": false, "metadata": {}, "number": "A-%1$s",
                 "parent": {"type": "subscription_details",
                            "subscription_details": {"metadata": %11$s, "subscription": "%3$s"}},
                 "starting_balance": 0, "status": "paid", "subtotal": %5$d, "total": %5$d,
                 "total_discount_amounts": [],
                 "total_taxes": [{"amount": %6$d, "tax_behavior": "exclusive", "taxability_reason": "standard_rated",
                                  "tax_rate_details": {"tax_rate": "txr_1"}, "type": "tax_rate_details"}]}""".formatted(
                        id(number),
                        id("cus_"),
                        id("sub_"),
                        paid,
                        total,
                        tax,
                        reason,
                        currency,
                        at,
                        at + 30 * 86_400,
                        json(metadata)));
    }

    String invoicePayment(String invoice, String intent, long paid) {
        return event("invoice_payment.paid", """
                {"id": "%4$s", "object": "invoice_payment", "amount_paid": %3$d, "amount_requested": %3$d, "created": %5$d,
                 "currency": "eur", "invoice": "%1$s", "is_default": true, "livemode": false,
                 "payment": {"payment_intent": "%2$s", "type": "payment_intent"}, "status": "paid",
                 "status_transitions": {"canceled_at": null, "paid_at": %5$d}}""".formatted(id(invoice), id(intent), paid, id("inpay_" + invoice), at));
    }

    String intent(
            String intent, String charge, long received, String currency, String order, Map<String, String> metadata) {
        return event("payment_intent.succeeded", """
                {"id": "%1$s", "object": "payment_intent", "amount": %3$d, "amount_received": %3$d, "created": %6$d,
                 "currency": "%4$s", "customer": "%7$s", "latest_charge": "%2$s", "livemode": false, "metadata": %8$s,
                 "payment_details": {"customer_reference": null, "order_reference": %5$s}, "status": "succeeded"}""".formatted(
                        id(intent),
                        id(charge),
                        received,
                        currency,
                        order.isEmpty() ? "null" : "\"" + id(order) + "\"",
                        at,
                        id("cus_"),
                        json(metadata)));
    }

    String charge(String type, String charge, String intent, long amount, long refunded) {
        return event(type, """
                {"id": "%1$s", "object": "charge", "amount": %3$d, "amount_captured": %3$d, "amount_refunded": %4$d,
                 "captured": true, "created": %5$d, "currency": "eur", "customer": "%6$s", "disputed": false,
                 "livemode": false, "metadata": {}, "paid": true, "payment_intent": "%2$s", "refunded": %7$b,
                 "status": "succeeded"}""".formatted(id(charge), id(intent), amount, refunded, at, id("cus_"), amount == refunded));
    }

    /** @param created the time of the refund, which is that of the event for a new one */
    String refund(String type, String refund, String charge, String intent, long amount, String status, long created) {
        return event(type, """
                {"id": "%1$s", "object": "refund", "amount": %4$d, "charge": "%2$s", "created": %6$d, "currency": "eur",
                 "metadata": {}, "payment_intent": "%3$s", "reason": "requested_by_customer", "status": "%5$s"}""".formatted(id(refund), id(charge), id(intent), amount, status, created));
    }

    String dispute(String type, String charge, String intent, long amount, String status) {
        return event(type, """
                {"id": "%1$s", "object": "dispute", "amount": %4$d, "balance_transactions": [], "charge": "%2$s",
                 "created": %6$d, "currency": "eur", "is_charge_refundable": false, "livemode": false, "metadata": {},
                 "payment_intent": "%3$s", "reason": "fraudulent", "status": "%5$s"}""".formatted(id("du_" + charge), id(charge), id(intent), amount, status, at));
    }

    String subscription(String type, Map<String, String> metadata) {
        return subscription(type, type.endsWith("deleted") ? "canceled" : "active", metadata);
    }

    String subscription(String type, String status, Map<String, String> metadata) {
        return event(type, """
                {"id": "%1$s", "object": "subscription", "cancel_at_period_end": false, "created": %3$d, "currency": "eur",
                 "customer": "%2$s", "items": {"object": "list", "has_more": false, "data": []}, "livemode": false,
                 "metadata": %4$s, "status": "%5$s"}""".formatted(id("sub_"), id("cus_"), at, json(metadata), status));
    }

    String creditNote(String type, String invoice, long outOfBand, String status) {
        return event(type, """
                {"id": "%1$s", "object": "credit_note", "amount": %3$d, "created": %4$d, "currency": "eur",
                 "customer": "%5$s", "invoice": "%2$s", "livemode": false, "metadata": {}, "out_of_band_amount": %3$d,
                 "status": "%6$s", "total": %3$d, "type": "post_payment"}""".formatted(id("cn_1"), id(invoice), outOfBand, at, id("cus_"), status));
    }
}
