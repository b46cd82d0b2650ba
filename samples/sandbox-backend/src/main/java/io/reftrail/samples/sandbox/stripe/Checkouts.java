package io.reftrail.samples.sandbox.stripe;

import static io.reftrail.samples.sandbox.stripe.StripeObjects.map;
import static io.reftrail.samples.sandbox.stripe.StripeObjects.now;
import static io.reftrail.samples.sandbox.stripe.StripeObjects.text;

import com.fasterxml.jackson.annotation.JsonValue;
import io.reftrail.samples.sandbox.stripe.Checkouts.Checkout;
import io.reftrail.samples.sandbox.stripe.Order.Item;
import io.reftrail.samples.sandbox.stripe.Order.Period;
import io.reftrail.samples.sandbox.stripe.Order.Sum;
import io.reftrail.samples.sandbox.stripe.PaymentObserver.Payment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checkouts: opened by an application, paid by a visitor. */
@Component
final class Checkouts {

    private static final Duration SESSION_LIFE = Duration.ofHours(24);

    private final StripeAccount account;
    private final StripeObjects objects;
    private final Prices prices;
    private final Invoices invoices;
    private final Subscriptions subscriptions;
    private final Map<String, Checkout> checkouts = new HashMap<>();

    Checkouts(
            StripeAccount account,
            StripeObjects objects,
            Prices prices,
            Invoices invoices,
            Subscriptions subscriptions) {
        this.account = account;
        this.objects = objects;
        this.prices = prices;
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        account.whenEmptied(checkouts::clear);
    }

    /**
     * A session, and what it sells as far as Stripe does not show it.
     *
     * @param subscription the metadata of the subscription that it makes
     * @param payment the metadata of the payment that it makes
     */
    record Checkout(
            Order order,
            Map<String, String> subscription,
            Map<String, String> payment,
            int trialDays,
            ObjectNode session) {

        /** Returns a payment that began here, as companies see it that are connected to the account. */
        Payment payment(String event, String id, long amount) {
            Map<String, String> metadata = new TreeMap<>(subscription);
            session.get("metadata")
                    .properties()
                    .forEach(entry ->
                            metadata.put(entry.getKey(), entry.getValue().asString()));
            return new Payment(event, id, text(session, "client_reference_id"), metadata, amount, order.currency());
        }
    }

    /** How a visitor pays on the payment page. */
    enum Means {
        CARD,
        /** A card that the bank refuses. */
        DECLINED_CARD,
        /** A direct debit, whose money arrives days later, or does not. */
        SEPA_DEBIT;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ObjectNode createCustomer(Form form) {
        form.only("email", "name", "description", "metadata[*]");
        return account.act(() -> customer(form.text("email"), form.text("name"), form.below("metadata")));
    }

    /** Opens a checkout. The visitor pays at the session's {@code url}, which begins with the address given here. */
    ObjectNode createSession(Form form, String pages) {
        form.only(
                "mode",
                "success_url",
                "cancel_url",
                "client_reference_id",
                "customer",
                "customer_email",
                "customer_creation",
                "locale",
                "metadata[*]",
                "line_items[*][price]",
                "line_items[*][quantity]",
                "line_items[*][price_data][currency]",
                "line_items[*][price_data][unit_amount]",
                "line_items[*][price_data][product]",
                "line_items[*][price_data][product_data][name]",
                "line_items[*][price_data][recurring][interval]",
                "line_items[*][price_data][recurring][interval_count]",
                "line_items[*][price_data][tax_behavior]",
                "subscription_data[metadata][*]",
                "subscription_data[trial_period_days]",
                "payment_intent_data[metadata][*]",
                "payment_intent_data[description]",
                "automatic_tax[enabled]",
                "discounts[*][coupon]",
                "payment_method_types[*]");
        return account.act(() -> session(form, pages));
    }

    private ObjectNode session(Form form, String pages) {
        String mode = form.required("mode");
        if (!mode.equals("subscription") && !mode.equals("payment")) {
            throw StripeProblem.invalid("mode", "The sandbox knows the modes payment and subscription.");
        }
        Order order = prices.order(form);
        if (order.items().stream().anyMatch(Item::recurring) != mode.equals("subscription")) {
            throw StripeProblem.invalid("mode", "A recurring price belongs to the mode subscription, and only there.");
        }
        int trialDays = (int) form.number("subscription_data[trial_period_days]", 0);
        ObjectNode session = objects.create("checkout.session");
        String id = session.get("id").asString();
        Sum sum = trialDays > 0 ? new Sum(0, 0, 0, 0) : order.sum(order.positions(Period.moment(0)));
        session.put("mode", mode)
                .put("currency", order.currency())
                .put("amount_subtotal", sum.subtotal())
                .put("amount_total", sum.total())
                .put("client_reference_id", form.text("client_reference_id"))
                .put("success_url", address("success_url", form.required("success_url")))
                .put("cancel_url", address("cancel_url", form.text("cancel_url")))
                .put("customer_email", form.text("customer_email"))
                .put("locale", form.text("locale"))
                .put("expires_at", now() + SESSION_LIFE.toSeconds())
                .put("url", pages + id);
        if (form.text("customer") != null) {
            session.put(
                    "customer",
                    objects.get("customer", form.text("customer")).get("id").asString());
        }
        session.put(
                mode.equals("payment") ? "customer_creation" : "payment_method_collection",
                mode.equals("payment") ? form.text("customer_creation", "if_required") : "always");
        session.set("metadata", map(form.below("metadata")));
        ((ObjectNode) session.get("automatic_tax")).put("enabled", order.taxPercent() > 0);
        ((ObjectNode) session.get("total_details"))
                .put("amount_discount", sum.discount())
                .put("amount_tax", sum.tax());
        checkouts.put(
                id,
                new Checkout(
                        order,
                        form.below("subscription_data[metadata]"),
                        form.below("payment_intent_data[metadata]"),
                        trialDays,
                        session));
        return objects.keep(session);
    }

    private static @Nullable String address(String name, @Nullable String address) {
        if (address != null && !address.matches("https?://[\\x21-\\x7e]+")) {
            throw StripeProblem.invalid(name, "Not a valid URL");
        }
        return address;
    }

    /** Returns the names of what a session sells. */
    String product(String session) {
        return account.read(
                all -> order(session).items().stream().map(Item::text).collect(Collectors.joining(", ")));
    }

    /** Returns the words that follow the price of a subscription. */
    String interval(String session) {
        return account.read(all -> {
            JsonNode price = order(session).items().get(0).price();
            String each = "per " + price.at("/recurring/interval").asString();
            int trial = checkout(session).trialDays();
            return trial > 0 ? each + ", after " + trial + " days free" : each;
        });
    }

    private Order order(String session) {
        return checkout(session).order();
    }

    private Checkout checkout(String session) {
        return Objects.requireNonNull(checkouts.get(session));
    }

    /** Pays an open session, and returns it. */
    ObjectNode pay(String id, Means means, @Nullable String email, @Nullable String name) {
        return account.act(() -> {
            ObjectNode session = objects.get("checkout.session", id);
            Checkout checkout = checkouts.get(id);
            if (checkout == null || !session.get("status").asString().equals("open")) {
                throw StripeProblem.state("session_completed", "This Checkout Session is no longer open.");
            }
            boolean subscribing = session.get("mode").asString().equals("subscription");
            if (means == Means.SEPA_DEBIT && subscribing) {
                throw StripeProblem.invalid("means", "Here a direct debit pays for single purchases only.");
            }
            @Nullable ObjectNode customer = customer(session, subscribing, email, name);
            if (means == Means.DECLINED_CARD) {
                declined(session, checkout, customer);
                return session.deepCopy();
            }
            session.put("status", "complete").putNull("url").put("payment_status", "paid");
            details(session, customer, email, name);
            if (subscribing && customer != null) {
                subscriptions.subscribe(checkout, customer);
            } else {
                payOnce(session, checkout, customer, means);
            }
            account.emit("checkout.session.completed", session);
            return session.deepCopy();
        });
    }

    private @Nullable ObjectNode customer(
            ObjectNode session, boolean subscribing, @Nullable String email, @Nullable String name) {
        if (session.get("customer").isString()) {
            return objects.get("customer", session.get("customer").asString());
        }
        if (!subscribing && !session.get("customer_creation").asString("").equals("always")) {
            return null;
        }
        ObjectNode customer = customer(email, name, Map.of());
        session.put("customer", customer.get("id").asString());
        return customer;
    }

    private ObjectNode customer(@Nullable String email, @Nullable String name, Map<String, String> metadata) {
        ObjectNode customer =
                objects.keep(objects.create("customer")).put("email", email).put("name", name);
        customer.put("invoice_prefix", objects.id("").substring(0, 8).toUpperCase(Locale.ROOT));
        customer.set("metadata", map(metadata));
        account.emit("customer.created", customer);
        return customer;
    }

    private static void details(
            ObjectNode session, @Nullable ObjectNode customer, @Nullable String email, @Nullable String name) {
        ObjectNode details =
                session.putObject("customer_details").putNull("address").putNull("business_name");
        details.put("email", customer == null ? email : text(customer, "email"));
        details.putNull("individual_name");
        details.put("name", customer == null ? name : text(customer, "name"));
        details.putNull("phone").put("tax_exempt", "none").putArray("tax_ids");
    }

    private void declined(ObjectNode session, Checkout checkout, @Nullable ObjectNode customer) {
        ObjectNode intent = invoices.intent(
                checkout.order().currency(), session.get("amount_total").asLong(), customer);
        intent.put("status", "requires_payment_method");
        intent.putObject("last_payment_error")
                .put("code", "card_declined")
                .put("decline_code", "generic_decline")
                .put("message", "Your card was declined.")
                .put("type", "card_error");
        account.emit("payment_intent.created", intent);
        account.emit("payment_intent.payment_failed", intent);
    }

    private void payOnce(ObjectNode session, Checkout checkout, @Nullable ObjectNode customer, Means means) {
        long amount = session.get("amount_total").asLong();
        if (amount == 0) {
            session.put("payment_status", "no_payment_required");
            return;
        }
        ObjectNode intent = invoices.intent(checkout.order().currency(), amount, customer);
        intent.set("metadata", map(checkout.payment()));
        session.put("payment_intent", intent.get("id").asString());
        account.emit("payment_intent.created", intent);
        if (means == Means.SEPA_DEBIT) {
            intent.put("status", "processing").putArray("payment_method_types").add("sepa_debit");
            session.put("payment_status", "unpaid")
                    .putArray("payment_method_types")
                    .add("sepa_debit");
            account.emit("payment_intent.processing", intent);
            return;
        }
        invoices.charge(intent, customer);
        account.announce(
                checkout.payment("checkout.session.completed", intent.get("id").asString(), amount));
    }

    /** Lets the money of a direct debit arrive, or not. Returns the payment intent. */
    ObjectNode settle(String intentId, boolean arrives) {
        return account.act(() -> {
            ObjectNode intent = objects.get("payment_intent", intentId);
            if (!intent.get("status").asString().equals("processing")) {
                throw StripeProblem.state("payment_intent_unexpected_state", "This payment is not under way.");
            }
            ObjectNode session = objects.all("checkout.session").stream()
                    .filter(each -> each.get("payment_intent").asString("").equals(intentId))
                    .findFirst()
                    .orElseThrow();
            if (arrives) {
                invoices.charge(
                        intent,
                        objects.find("customer", text(intent, "customer")).orElse(null));
                session.put("payment_status", "paid");
                account.emit("checkout.session.async_payment_succeeded", session);
                Checkout checkout = checkout(session.get("id").asString());
                account.announce(checkout.payment(
                        "checkout.session.async_payment_succeeded",
                        intentId,
                        intent.get("amount").asLong()));
            } else {
                intent.put("status", "requires_payment_method");
                intent.putObject("last_payment_error")
                        .put("code", "payment_intent_payment_attempt_failed")
                        .put("message", "The customer's account has insufficient funds.")
                        .put("type", "invalid_request_error");
                account.emit("payment_intent.payment_failed", intent);
                account.emit("checkout.session.async_payment_failed", session);
            }
            return intent.deepCopy();
        });
    }
}
