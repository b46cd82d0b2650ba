package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.model.Payment;
import io.reftrail.payments.PaymentFact.Awaited;
import io.reftrail.payments.PaymentFact.CarriesClick;
import io.reftrail.payments.PaymentFact.CarriesCoupon;
import io.reftrail.payments.PaymentFact.CustomerNamed;
import io.reftrail.payments.PaymentFact.Naming;
import io.reftrail.payments.PaymentFact.Paid;
import io.reftrail.payments.PaymentFact.PaidBy;
import io.reftrail.payments.PaymentFact.RefundTotal;
import io.reftrail.payments.PaymentFact.Reversal;
import io.reftrail.payments.PaymentFact.SamePayment;
import io.reftrail.payments.PaymentFact.Source;
import io.reftrail.payments.PaymentFact.SubscriptionEnded;
import io.reftrail.payments.PaymentFact.TrialStarted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The events of Stripe's webhook, which Stripe documents at <a href="https://docs.stripe.com/api/events/types">docs.stripe.com</a>.
 * Reads the JSON rather than stripe-java's types, because those read only events of their own API version: an event has the version
 * of the webhook's endpoint. A field that moved with the version {@code 2025-03-31.basil} is read in both places.
 */
final class StripeEvents implements PaymentProvider {

    /** <a href="https://docs.stripe.com/currencies#zero-decimal">Currencies whose amounts have no decimals</a>, but UGX and ISK. */
    private static final Set<String> ZERO_DECIMAL = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /** <a href="https://docs.stripe.com/currencies#three-decimal">Currencies whose amounts have three decimals</a>. */
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private static final Set<String> NO_REFUND = Set.of("failed", "canceled");

    private static final Set<String> CLOSED = Set.of("won", "lost", "warning_closed", "prevented");

    private final WebhookSignature signature;
    private final boolean live;
    private final boolean byEmail;

    /**
     * @param live whether live events count, rather than those of test mode
     * @param byEmail whether an e-mail address is taken as the application's id of the customer
     */
    StripeEvents(WebhookSignature signature, boolean live, boolean byEmail) {
        this.signature = signature;
        this.live = live;
        this.byEmail = byEmail;
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Delivery read(byte[] body, UnaryOperator<@Nullable String> headers, Instant now) {
        signature.verify(headers.apply("Stripe-Signature"), ",", "t", "v1", ".", body, now);
        JsonNode event = EventJson.parse(body);
        if (!EventJson.text(event, "object").equals("event")) {
            return Delivery.ignored(PaymentReason.NOT_A_PAYMENT);
        }
        if (event.path("livemode").asBoolean(false) != live) {
            return Delivery.ignored(PaymentReason.OTHER_MODE);
        }
        JsonNode object = event.path("data").path("object");
        try {
            Facts facts = new Facts(object, byEmail);
            facts.read(EventJson.text(event, "type"));
            Instant at = Instant.ofEpochSecond(event.path("created").asLong(0));
            return Delivery.of(at, facts.all, facts.email());
        } catch (IllegalArgumentException | ArithmeticException unknownCurrency) {
            throw new WebhookRefusedException(PaymentReason.UNREADABLE);
        }
    }

    /** Returns the id in a field that may hold an id or, expanded, an object; or an empty text. */
    private static String id(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isObject() ? EventJson.text(value, "id") : EventJson.text(node, field);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The facts in one event's object. */
    private static final class Facts {

        private final JsonNode object;
        private final boolean byEmail;
        private final String id;
        private final List<PaymentFact> all = new ArrayList<>();

        Facts(JsonNode object, boolean byEmail) {
            this.object = object;
            this.byEmail = byEmail;
            this.id = EventJson.text(object, "id");
        }

        void read(String type) {
            if (id.isEmpty()) {
                return;
            }
            switch (type) {
                case "checkout.session.completed", "checkout.session.async_payment_succeeded" -> session();
                case "invoice.paid", "invoice.payment_succeeded" -> invoice();
                case "invoice_payment.paid" -> invoicePayment();
                case "payment_intent.succeeded" -> intent();
                case "charge.succeeded", "charge.updated", "charge.refunded" -> charge();
                case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" -> refund();
                case "charge.dispute.created",
                        "charge.dispute.updated",
                        "charge.dispute.closed",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.funds_reinstated" -> dispute();
                case "credit_note.created", "credit_note.updated", "credit_note.voided" -> creditNote();
                case "customer.subscription.created" -> {
                    subscription();
                    if (EventJson.text(object, "status").equals("trialing")) {
                        all.add(new TrialStarted(id));
                    }
                }
                case "customer.subscription.updated" -> subscription();
                case "customer.subscription.deleted" -> {
                    subscription();
                    all.add(new SubscriptionEnded(id));
                }
                case "customer.created", "customer.updated" -> named(object.path("metadata"), List.of(id));
                default -> {}
            }
        }

        /** For a session of a subscription, or one that makes an invoice, the invoice states the amount. */
        private void session() {
            String intent = id(object, "payment_intent");
            String invoice = id(object, "invoice");
            String subscription = id(object, "subscription");
            String customer = id(object, "customer");
            same(id, intent);
            same(id, invoice);
            paidBy(id, customer);
            paidBy(subscription, customer);
            List<String> scopes = List.of(id, subscription, customer);
            named(object.path("metadata"), scopes);
            named(Naming.REFERENCE, EventJson.text(object, "client_reference_id"), scopes);
            emailed(scopes);
            for (JsonNode discount : object.path("discounts")) {
                String promotion = id(discount, "promotion_code");
                coupon(promotion.isEmpty() ? id(discount, "coupon") : promotion, List.of(id, subscription));
            }
            if (EventJson.text(object, "mode").equals("payment") && invoice.isEmpty()) {
                long amount = minor("amount_total");
                long tax = minor(object.path("total_details").path("amount_tax").asLong(0));
                String payment = intent.isEmpty() ? id : intent;
                switch (EventJson.text(object, "payment_status")) {
                    case "paid" -> all.add(stated(payment, amount, tax));
                    case "no_payment_required" -> all.add(stated(payment, 0, 0));
                    default -> all.add(new Awaited(payment, amount, tax));
                }
            }
        }

        private Paid stated(String payment, long amount, long tax) {
            return new Paid(payment, Source.CHECKOUT, amount, tax, currency(), null, null, null, true);
        }

        private void invoice() {
            JsonNode details = object.path("parent").path("subscription_details");
            String subscription = details.isObject() ? id(details, "subscription") : id(object, "subscription");
            String customer = id(object, "customer");
            same(id, id(object, "payment_intent"));
            same(id, id(object, "charge"));
            for (JsonNode payment : object.path("payments").path("data")) {
                same(id, id(payment.path("payment"), "payment_intent"));
                same(id, id(payment.path("payment"), "charge"));
            }
            paidBy(id, customer);
            paidBy(subscription, customer);
            named(object.path("metadata"), List.of(id));
            named(
                    details.isObject()
                            ? details.path("metadata")
                            : object.path("subscription_details").path("metadata"),
                    List.of(subscription, id));
            emailed(List.of(id));
            if (EventJson.text(object, "status").equals("paid")) {
                JsonNode line = mainLine();
                all.add(new Paid(
                        id,
                        Source.INVOICE,
                        minor("amount_paid"),
                        minor(taxOfWhatWasPaid()),
                        currency(),
                        orNull(subscription),
                        subscription.isEmpty() ? null : interval(line.path("period")),
                        product(line),
                        EventJson.text(object, "billing_reason").equals("subscription_create")));
            }
        }

        /** If the customer's balance covered a part, the payment holds the same part of the tax. */
        private long taxOfWhatWasPaid() {
            long tax = 0;
            JsonNode taxes = object.path("total_taxes");
            for (JsonNode one : taxes.isArray() ? taxes : object.path("total_tax_amounts")) {
                tax += one.path("amount").asLong(0);
            }
            long total = object.path("total").asLong(0);
            long paid = object.path("amount_paid").asLong(0);
            return total <= 0 || paid >= total
                    ? tax
                    : BigDecimal.valueOf(tax)
                            .multiply(BigDecimal.valueOf(paid))
                            .divide(BigDecimal.valueOf(total), 0, RoundingMode.HALF_UP)
                            .longValueExact();
        }

        /** Returns the line with the largest amount. A proration credits what was paid for the earlier plan. */
        private JsonNode mainLine() {
            JsonNode main = object.path("lines").path("data").path(0);
            for (JsonNode line : object.path("lines").path("data")) {
                if (line.path("amount").asLong(0) > main.path("amount").asLong(0)) {
                    main = line;
                }
            }
            return main;
        }

        private static @Nullable String product(JsonNode line) {
            String product = id(line.path("pricing").path("price_details"), "product");
            return orNull(product.isEmpty() ? id(line.path("price"), "product") : product);
        }

        private static Payment.@Nullable Interval interval(JsonNode period) {
            return EventJson.interval(Duration.ofSeconds(
                    period.path("end").asLong(0) - period.path("start").asLong(0)));
        }

        private void invoicePayment() {
            String invoice = id(object, "invoice");
            same(invoice, id(object.path("payment"), "payment_intent"));
            same(invoice, id(object.path("payment"), "charge"));
        }

        /**
         * A payment intent is a payment of its own only if the application has named the customer. Otherwise a checkout or invoice
         * states the payment, and the intent shows that the money has arrived.
         */
        private void intent() {
            JsonNode metadata = object.path("metadata");
            String order = EventJson.text(object.path("payment_details"), "order_reference");
            String invoice = order.startsWith("in_") ? order : id(object, "invoice");
            same(id, invoice);
            String session = order.startsWith("cs_") ? order : "";
            same(id, session);
            same(id, id(object, "latest_charge"));
            paidBy(id, id(object, "customer"));
            int before = all.size();
            named(metadata, List.of(id));
            boolean alone = all.size() > before && session.isEmpty();
            if (invoice.isEmpty()) {
                long tax = object.path("amount_details")
                        .path("tax")
                        .path("total_tax_amount")
                        .asLong(0);
                Source source = alone ? Source.TRANSFER : Source.CAPTURE;
                all.add(new Paid(id, source, minor("amount_received"), minor(tax), currency(), null, null, null, true));
            }
        }

        private void charge() {
            same(id, id(object, "payment_intent"));
            same(id, id(object, "invoice"));
            paidBy(id, id(object, "customer"));
            all.add(new RefundTotal(id, minor("amount_refunded")));
        }

        private void refund() {
            String charge = id(object, "charge");
            String intent = id(object, "payment_intent");
            same(charge, intent);
            String status = EventJson.text(object, "status");
            boolean failed = NO_REFUND.contains(status);
            String payment = charge.isEmpty() ? intent : charge;
            if (!payment.isEmpty()) {
                all.add(new Reversal(payment, id, orNull(charge), created(), minor("amount"), !failed, failed));
            }
        }

        /**
         * A dispute counts as a refund when it is lost, or when it is prevented and has withdrawn the money. Until then it is undecided who keeps the money.
         */
        private void dispute() {
            String charge = id(object, "charge");
            String intent = id(object, "payment_intent");
            same(charge, intent);
            String status = EventJson.text(object, "status");
            String payment = charge.isEmpty() ? intent : charge;
            if (!payment.isEmpty()) {
                all.add(new Reversal(
                        payment,
                        id,
                        null,
                        created(),
                        minor("amount"),
                        status.equals("lost") || (status.equals("prevented") && isWithdrawn()),
                        CLOSED.contains(status)));
            }
        }

        /** A dispute is prevented by a refund, which has events of its own, or by a withdrawal that only the dispute shows. */
        private boolean isWithdrawn() {
            long balance = 0;
            for (JsonNode transaction : object.path("balance_transactions")) {
                balance += transaction.path("amount").asLong(0);
            }
            return balance < 0;
        }

        /**
         * Reads the money that was given back outside of Stripe. Money that a credit note gives back on the card has a refund of its
         * own.
         */
        private void creditNote() {
            String invoice = id(object, "invoice");
            long amount = object.path("out_of_band_amount").asLong(0);
            if (!invoice.isEmpty() && amount > 0) {
                boolean valid = !EventJson.text(object, "status").equals("void");
                all.add(new Reversal(invoice, id, null, created(), minor(amount), valid, !valid));
            }
        }

        private void subscription() {
            String customer = id(object, "customer");
            paidBy(id, customer);
            named(object.path("metadata"), List.of(id));
        }

        private void coupon(String coupon, List<String> scopes) {
            scopes.stream()
                    .filter(scope -> !scope.isEmpty() && !coupon.isEmpty())
                    .forEach(scope -> all.add(new CarriesCoupon(scope, coupon)));
        }

        private void same(String one, String other) {
            if (!one.isEmpty() && !other.isEmpty()) {
                all.add(new SamePayment(one, other));
            }
        }

        private void paidBy(String of, String customer) {
            if (!of.isEmpty() && !customer.isEmpty()) {
                all.add(new PaidBy(of, customer));
            }
        }

        /** @param scopes ids, of which some may be empty */
        private void named(JsonNode metadata, List<String> scopes) {
            named(Naming.METADATA, EventJson.text(metadata, CheckoutMetadata.CUSTOMER), scopes);
            Map<String, String> texts = new TreeMap<>();
            for (String key : metadata.isObject() ? metadata.propertyNames() : List.<String>of()) {
                texts.put(key, EventJson.text(metadata, key));
            }
            CarriedClicks.read(texts).forEach(click -> scopes.stream()
                    .filter(scope -> !scope.isEmpty())
                    .forEach(scope -> all.add(new CarriesClick(scope, click))));
        }

        private void named(Naming by, String customerId, List<String> scopes) {
            if (!customerId.isBlank()) {
                scopes.stream()
                        .filter(scope -> !scope.isEmpty())
                        .forEach(scope -> all.add(new CustomerNamed(scope, by, customerId)));
            }
        }

        private void emailed(List<String> scopes) {
            String email = email();
            if (byEmail && email != null) {
                named(Naming.EMAIL, email, scopes);
            }
        }

        @Nullable
        String email() {
            String email = EventJson.text(object.path("customer_details"), "email");
            return orNull(email.isEmpty() ? EventJson.text(object, "customer_email") : email);
        }

        private Instant created() {
            return Instant.ofEpochSecond(object.path("created").asLong(0));
        }

        private String currency() {
            return EventJson.text(object, "currency").toUpperCase(Locale.ROOT);
        }

        private long minor(String field) {
            return minor(object.path(field).asLong(0));
        }

        /** Converts from Stripe's smallest unit to that of the currency. The two differ for a few currencies. */
        private long minor(long amount) {
            String currency = currency();
            int digits = ZERO_DECIMAL.contains(currency) ? 0 : THREE_DECIMAL.contains(currency) ? 3 : 2;
            int own = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits == own
                    ? amount
                    : BigDecimal.valueOf(amount, digits)
                            .setScale(own, RoundingMode.HALF_UP)
                            .unscaledValue()
                            .longValueExact();
        }
    }
}
