package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.model.Payment;
import io.reftrail.payments.PaymentFact.CarriesClick;
import io.reftrail.payments.PaymentFact.CarriesCoupon;
import io.reftrail.payments.PaymentFact.CustomerNamed;
import io.reftrail.payments.PaymentFact.Naming;
import io.reftrail.payments.PaymentFact.Paid;
import io.reftrail.payments.PaymentFact.PaidBy;
import io.reftrail.payments.PaymentFact.Reversal;
import io.reftrail.payments.PaymentFact.Source;
import io.reftrail.payments.PaymentFact.SubscriptionEnded;
import io.reftrail.payments.PaymentFact.TrialStarted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The events of Paddle Billing's webhook, which Paddle documents at
 * <a href="https://developer.paddle.com/webhooks/overview">developer.paddle.com</a>. Amounts are texts in the currency's minor unit.
 */
final class PaddleEvents implements PaymentProvider {

    private final WebhookSignature signature;
    private final boolean byEmail;

    /** @param byEmail whether an e-mail address is taken as the application's id of the customer */
    PaddleEvents(WebhookSignature signature, boolean byEmail) {
        this.signature = signature;
        this.byEmail = byEmail;
    }

    @Override
    public String name() {
        return "paddle";
    }

    @Override
    public Delivery read(byte[] body, UnaryOperator<@Nullable String> headers, Instant now) {
        signature.verify(headers.apply("Paddle-Signature"), ";", "ts", "h1", ":", body, now);
        JsonNode event = EventJson.parse(body);
        JsonNode data = event.path("data");
        try {
            Facts facts = new Facts(data);
            facts.read(EventJson.text(event, "event_type"));
            return facts.all.isEmpty()
                    ? Delivery.ignored(PaymentReason.NOT_A_PAYMENT)
                    : Delivery.of(Instant.parse(EventJson.text(event, "occurred_at")), facts.all, null);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException unreadable) {
            throw new WebhookRefusedException(PaymentReason.UNREADABLE);
        }
    }

    /** The facts in one event's entity. */
    private final class Facts {

        private final JsonNode data;
        private final String id;
        private final List<PaymentFact> all = new ArrayList<>();

        Facts(JsonNode data) {
            this.data = data;
            this.id = EventJson.text(data, "id");
        }

        void read(String type) {
            if (id.isEmpty()) {
                return;
            }
            switch (type) {
                case "transaction.completed" -> transaction();
                case "adjustment.created", "adjustment.updated" -> adjustment();
                case "subscription.created", "subscription.trialing" -> {
                    subscription();
                    if (EventJson.text(data, "status").equals("trialing")) {
                        all.add(new TrialStarted(id));
                    }
                }
                case "subscription.activated", "subscription.updated" -> subscription();
                case "subscription.canceled" -> {
                    subscription();
                    all.add(new SubscriptionEnded(id));
                }
                case "customer.created", "customer.updated" -> {
                    named(List.of(id));
                    String email = EventJson.text(data, "email");
                    if (byEmail && !email.isBlank()) {
                        all.add(new CustomerNamed(id, Naming.EMAIL, email));
                    }
                }
                default -> {}
            }
        }

        private void transaction() {
            String subscription = EventJson.text(data, "subscription_id");
            String customer = EventJson.text(data, "customer_id");
            paidBy(id, customer);
            paidBy(subscription, customer);
            named(List.of(id, subscription, customer));
            String discount = EventJson.text(data, "discount_id");
            if (!discount.isEmpty()) {
                all.add(new CarriesCoupon(id, discount));
            }
            JsonNode totals = data.path("details").path("totals");
            long paid = minor(totals, "grand_total");
            all.add(new Paid(
                    id,
                    Source.INVOICE,
                    paid,
                    shareOf(minor(totals, "tax"), paid, minor(totals, "total")),
                    currency(),
                    subscription.isEmpty() ? null : subscription,
                    subscription.isEmpty() ? null : interval(),
                    product(),
                    !EventJson.text(data, "origin").startsWith("subscription_")));
        }

        /** An amount that a credit of the customer covered is not a part of the payment, and neither is its part of the tax. */
        private static long shareOf(long tax, long paid, long total) {
            return total <= 0 || paid >= total
                    ? tax
                    : BigDecimal.valueOf(tax)
                            .multiply(BigDecimal.valueOf(paid))
                            .divide(BigDecimal.valueOf(total), 0, RoundingMode.HALF_UP)
                            .longValueExact();
        }

        private @Nullable String product() {
            JsonNode item = data.path("items").path(0);
            String product = EventJson.text(item.path("price"), "product_id");
            return product.isEmpty() ? null : product;
        }

        private Payment.@Nullable Interval interval() {
            JsonNode period = data.path("billing_period");
            String start = EventJson.text(period, "starts_at");
            String end = EventJson.text(period, "ends_at");
            return start.isEmpty() || end.isEmpty()
                    ? null
                    : EventJson.interval(Duration.between(Instant.parse(start), Instant.parse(end)));
        }

        /**
         * A refund counts when Paddle has approved it. A chargeback counts until it is reversed, which is another adjustment. A
         * credit makes a later payment smaller, and a warning moves no money.
         */
        private void adjustment() {
            String transaction = EventJson.text(data, "transaction_id");
            String action = EventJson.text(data, "action");
            String status = EventJson.text(data, "status");
            boolean back = action.equals("refund") || action.equals("chargeback");
            boolean again = action.equals("chargeback_reverse") || action.equals("chargeback_reversal");
            if (transaction.isEmpty() || !(back || again)) {
                return;
            }
            paidBy(transaction, EventJson.text(data, "customer_id"));
            long amount = minor(data.path("totals"), "total");
            boolean counts = status.equals("approved") || status.equals("reversed");
            all.add(new Reversal(
                    transaction,
                    id,
                    null,
                    Instant.EPOCH,
                    again ? -amount : amount,
                    counts,
                    !status.equals("pending_approval")));
        }

        private void subscription() {
            paidBy(id, EventJson.text(data, "customer_id"));
            named(List.of(id));
        }

        private void paidBy(String of, String customer) {
            if (!of.isEmpty() && !customer.isEmpty()) {
                all.add(new PaidBy(of, customer));
            }
        }

        /** @param scopes ids, of which some may be empty */
        private void named(List<String> scopes) {
            JsonNode custom = data.path("custom_data");
            Map<String, String> texts = new TreeMap<>();
            for (String key : custom.isObject() ? custom.propertyNames() : List.<String>of()) {
                texts.put(key, EventJson.text(custom, key));
            }
            String customer = texts.getOrDefault(CheckoutMetadata.CUSTOMER, "");
            for (String scope : scopes) {
                if (!scope.isEmpty()) {
                    if (!customer.isBlank()) {
                        all.add(new CustomerNamed(scope, Naming.METADATA, customer));
                    }
                    CarriedClicks.read(texts).forEach(click -> all.add(new CarriesClick(scope, click)));
                }
            }
        }

        private String currency() {
            String currency = EventJson.text(data, "currency_code").toUpperCase(Locale.ROOT);
            return Currency.getInstance(currency).getCurrencyCode();
        }

        private static long minor(JsonNode totals, String field) {
            String amount = EventJson.text(totals, field);
            return amount.isEmpty() ? 0 : Long.parseLong(amount);
        }
    }
}
