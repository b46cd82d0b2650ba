package io.reftrail.samples.sandbox.stripe;

import com.fasterxml.jackson.annotation.JsonValue;
import io.reftrail.samples.sandbox.stripe.Order.Item;
import io.reftrail.samples.sandbox.stripe.Order.Period;
import io.reftrail.samples.sandbox.stripe.Order.Position;
import io.reftrail.samples.sandbox.stripe.Order.Sum;
import io.reftrail.samples.sandbox.stripe.PaymentObserver.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Stripe account in memory, and everything that can happen in it. An action changes the account's objects and publishes
 * the events that Stripe documents for it, with the objects as they are at that moment. Thread-safe: one action after the
 * other.
 *
 * <p>Time does not pass by itself: a subscription is renewed when {@link #renew} is called, and its period moves on then.
 */
@Component
public final class StripeAccount {

    private static final Duration SESSION_LIFE = Duration.ofHours(24);
    private static final Duration EVIDENCE_DUE = Duration.ofDays(7);

    private final StripeSettings settings;
    private final StripeObjects objects;
    private final Webhooks webhooks;
    private final List<PaymentObserver> observers;

    private final Map<String, Checkout> checkouts = new HashMap<>();
    private final Map<String, Contract> contracts = new HashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final List<Payment> payments = new ArrayList<>();

    StripeAccount(StripeSettings settings, StripeObjects objects, Webhooks webhooks, List<PaymentObserver> observers) {
        this.settings = settings;
        this.objects = objects;
        this.webhooks = webhooks;
        this.observers = observers;
    }

    /** What a session sells, as far as Stripe does not show it. */
    private record Checkout(
            Order order, Map<String, String> subscription, Map<String, String> payment, int trialDays) {}

    /**
     * What a subscription is about.
     *
     * @param pending what a change of the price has left for the next invoice
     */
    private record Contract(Order order, Checkout checkout, ObjectNode session, List<Position> pending) {}

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

    /** Runs one action, and delivers its events. A refused action publishes nothing. */
    private <T> T act(Supplier<T> action) {
        List<Payment> heard;
        T result;
        synchronized (this) {
            events.clear();
            payments.clear();
            result = action.get();
            webhooks.publish(List.copyOf(events));
            heard = List.copyOf(payments);
        }
        for (Payment payment : heard) {
            observers.forEach(observer -> observer.paid(payment));
        }
        return result;
    }

    private void emit(String type, ObjectNode object) {
        emit(type, object, null);
    }

    private void emit(String type, ObjectNode object, @Nullable ObjectNode previous) {
        ObjectNode event = objects.create("event").put("type", type);
        ObjectNode data = event.putObject("data");
        data.set("object", object.deepCopy());
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        events.add(objects.keep(event));
    }

    /** Forgets everything. */
    public synchronized void empty() {
        objects.clear();
        checkouts.clear();
        contracts.clear();
        webhooks.clear();
    }

    /** Reads the account's objects, while nothing happens in it. */
    synchronized <T> T read(Function<StripeObjects, T> reader) {
        return reader.apply(objects);
    }

    // ---- What an application does -----------------------------------------------------------------------------------

    ObjectNode createCustomer(Form form) {
        form.only("email", "name", "description", "metadata[*]");
        return act(() -> customer(form.text("email"), form.text("name"), form.below("metadata")));
    }

    ObjectNode createPrice(Form form) {
        form.only(
                "currency",
                "unit_amount",
                "product",
                "product_data[name]",
                "recurring[interval]",
                "recurring[interval_count]",
                "tax_behavior",
                "nickname",
                "metadata[*]");
        return act(() -> price(form, ""));
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
        return act(() -> session(form, pages));
    }

    private ObjectNode session(Form form, String pages) {
        String mode = form.required("mode");
        if (!mode.equals("subscription") && !mode.equals("payment")) {
            throw StripeProblem.invalid("mode", "The sandbox knows the modes payment and subscription.");
        }
        Order order = order(form);
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
                        trialDays));
        return objects.keep(session);
    }

    private static @Nullable String address(String name, @Nullable String address) {
        if (address != null && !address.matches("https?://[\\x21-\\x7e]+")) {
            throw StripeProblem.invalid(name, "Not a valid URL");
        }
        return address;
    }

    private Order order(Form form) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; form.has("line_items[" + i + "]"); i++) {
            String line = "line_items[" + i + "]";
            ObjectNode price = form.text(line + "[price]") != null
                    ? objects.get("price", form.text(line + "[price]"))
                    : price(form, line + "[price_data]");
            long quantity = form.number(line + "[quantity]", 1);
            items.add(new Item(price, price.get("nickname").asString("Something"), quantity));
        }
        if (items.isEmpty()) {
            throw StripeProblem.required("line_items");
        }
        String currency = items.get(0).price().get("currency").asString();
        if (items.stream()
                .anyMatch(item -> !item.price().get("currency").asString().equals(currency))) {
            throw StripeProblem.invalid("line_items", "All prices on a checkout must have the same currency.");
        }
        return new Order(
                currency, items, form.flag("automatic_tax[enabled]") ? settings.taxPercent() : 0, coupon(form));
    }

    /** Reads a coupon: {@code percent-25} takes off a quarter of the first invoice. */
    private static int coupon(Form form) {
        @Nullable String coupon = form.text("discounts[0][coupon]");
        if (coupon == null) {
            return 0;
        }
        if (!coupon.matches("percent-([1-9]\\d?|100)")) {
            throw StripeProblem.missing("coupon", coupon);
        }
        return Integer.parseInt(coupon.substring("percent-".length()));
    }

    private ObjectNode price(Form form, String below) {
        String currency = form.required(name(below, "currency")).toLowerCase(Locale.ROOT);
        long amount = form.number(name(below, "unit_amount"));
        if (amount < 0 || !currency.matches("[a-z]{3}")) {
            throw StripeProblem.invalid(name(below, "unit_amount"), "Not a sum of money.");
        }
        ObjectNode price = objects.create("price")
                .put("currency", currency)
                .put("unit_amount", amount)
                .put("unit_amount_decimal", Long.toString(amount))
                .put("tax_behavior", form.text(name(below, "tax_behavior"), "unspecified"))
                .put("product", form.text(name(below, "product"), objects.id("prod_")));
        price.put(
                "nickname",
                form.text(name(below, "product_data[name]"), form.text(name(below, "nickname"), "Something")));
        @Nullable String interval = form.text(name(below, "recurring[interval]"));
        if (interval != null) {
            price.put("type", "recurring");
            price.putObject("recurring")
                    .put("interval", interval)
                    .put("interval_count", form.number(name(below, "recurring[interval_count]"), 1))
                    .putNull("meter")
                    .putNull("trial_period_days")
                    .put("usage_type", "licensed");
        }
        return objects.keep(price);
    }

    /** Returns the name of a parameter inside another one: {@code a[b]} below {@code x} is {@code x[a][b]}. */
    private static String name(String below, String name) {
        if (below.isEmpty()) {
            return name;
        }
        int bracket = name.indexOf('[');
        return bracket < 0
                ? below + "[" + name + "]"
                : below + "[" + name.substring(0, bracket) + "]" + name.substring(bracket);
    }

    /** Gives money back: all that is left of a payment, or a part of it. */
    ObjectNode refund(Form form) {
        form.only("payment_intent", "charge", "amount", "reason", "metadata[*]");
        return act(() -> {
            ObjectNode charge = form.text("charge") == null
                    ? chargeOf(objects.get("payment_intent", form.required("payment_intent")))
                    : objects.get("charge", form.text("charge"));
            long before = charge.get("amount_refunded").asLong();
            long left = charge.get("amount_captured").asLong() - before;
            long amount = form.number("amount", left);
            if (left == 0 || charge.get("disputed").asBoolean()) {
                String why = left == 0 ? "charge_already_refunded" : "charge_disputed";
                throw StripeProblem.state(why, "Charge " + charge.get("id").asString() + " cannot be refunded: " + why);
            }
            if (amount <= 0 || amount > left) {
                throw StripeProblem.invalid("amount", "Refund amount is greater than unrefunded amount on charge.");
            }
            ObjectNode refund = objects.keep(objects.create("refund"))
                    .put("amount", amount)
                    .put("currency", charge.get("currency").asString())
                    .put("charge", charge.get("id").asString())
                    .put("payment_intent", charge.get("payment_intent").asString())
                    .put("reason", form.text("reason"))
                    .put("balance_transaction", objects.id("txn_"));
            refund.set("metadata", map(form.below("metadata")));
            charge.put("amount_refunded", before + amount).put("refunded", amount == left);
            ObjectNode previous = JsonMapper.shared()
                    .createObjectNode()
                    .put("amount_refunded", before)
                    .put("refunded", false);
            emit("refund.created", refund);
            emit("charge.refunded", charge, previous);
            emit("refund.updated", refund, JsonMapper.shared().createObjectNode());
            emit("charge.refund.updated", refund, JsonMapper.shared().createObjectNode());
            return refund.deepCopy();
        });
    }

    /** Changes the price of a subscription, or lets it end with its period. */
    ObjectNode updateSubscription(String id, Form form) {
        form.only(
                "items[*][id]",
                "items[*][quantity]",
                "items[*][price]",
                "items[*][price_data][currency]",
                "items[*][price_data][unit_amount]",
                "items[*][price_data][product]",
                "items[*][price_data][recurring][interval]",
                "items[*][price_data][recurring][interval_count]",
                "items[*][price_data][tax_behavior]",
                "proration_behavior",
                "cancel_at_period_end",
                "metadata[*]");
        return act(() -> {
            ObjectNode subscription = alive(id);
            if (form.has("items[0]")) {
                ObjectNode price = form.text("items[0][price]") != null
                        ? objects.get("price", form.text("items[0][price]"))
                        : price(form, "items[0][price_data]");
                String behaviour = form.text("proration_behavior", "create_prorations");
                change(subscription, price, form.number("items[0][quantity]", 1), behaviour, percentLeft(subscription));
            }
            if (form.text("cancel_at_period_end") != null) {
                boolean end = form.flag("cancel_at_period_end");
                ObjectNode previous = JsonMapper.shared().createObjectNode();
                previous.set("cancel_at", subscription.get("cancel_at"));
                previous.set("cancel_at_period_end", subscription.get("cancel_at_period_end"));
                previous.set("canceled_at", subscription.get("canceled_at"));
                subscription.put("cancel_at_period_end", end);
                subscription.put(
                        "cancel_at", end ? (Long) periodOf(subscription).end() : null);
                subscription.put("canceled_at", end ? (Long) now() : null);
                cancellation(subscription, end ? "cancellation_requested" : null);
                emit("customer.subscription.updated", subscription, previous);
            }
            Map<String, String> metadata = form.below("metadata");
            if (!metadata.isEmpty()) {
                ObjectNode previous = JsonMapper.shared().createObjectNode();
                previous.set("metadata", subscription.get("metadata").deepCopy());
                metadata.forEach((key, value) -> ((ObjectNode) subscription.get("metadata")).put(key, value));
                emit("customer.subscription.updated", subscription, previous);
            }
            return subscription.deepCopy();
        });
    }

    /** Ends a subscription now. */
    ObjectNode cancel(String id) {
        return act(() -> ended(alive(id), "cancellation_requested"));
    }

    private ObjectNode ended(ObjectNode subscription, String reason) {
        subscription.put("status", "canceled").put("ended_at", now());
        if (subscription.get("canceled_at").isNull()) {
            subscription.put("canceled_at", now());
        }
        cancellation(subscription, reason);
        emit("customer.subscription.deleted", subscription);
        return subscription.deepCopy();
    }

    private static void cancellation(ObjectNode subscription, @Nullable String reason) {
        ((ObjectNode) subscription.get("cancellation_details")).put("reason", reason);
    }

    /** Returns the names of what a session sells. */
    synchronized String product(String session) {
        return checkouts.get(session).order().items().stream().map(Item::text).collect(Collectors.joining(", "));
    }

    /** Returns the words that follow the price of a subscription. */
    synchronized String interval(String session) {
        Checkout checkout = checkouts.get(session);
        String each = "per "
                + checkout.order()
                        .items()
                        .get(0)
                        .price()
                        .at("/recurring/interval")
                        .asString();
        return checkout.trialDays() > 0 ? each + ", after " + checkout.trialDays() + " days free" : each;
    }

    // ---- What a visitor does ----------------------------------------------------------------------------------------

    /** Pays an open session, and returns it. */
    ObjectNode pay(String id, Means means, @Nullable String email, @Nullable String name) {
        return act(() -> {
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
                subscribe(session, checkout, customer);
            } else {
                payOnce(session, checkout, customer, means);
            }
            emit("checkout.session.completed", session);
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
        emit("customer.created", customer);
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
        ObjectNode intent =
                intent(checkout.order().currency(), session.get("amount_total").asLong(), customer);
        intent.put("status", "requires_payment_method");
        intent.putObject("last_payment_error")
                .put("code", "card_declined")
                .put("decline_code", "generic_decline")
                .put("message", "Your card was declined.")
                .put("type", "card_error");
        emit("payment_intent.created", intent);
        emit("payment_intent.payment_failed", intent);
    }

    private void payOnce(ObjectNode session, Checkout checkout, @Nullable ObjectNode customer, Means means) {
        long amount = session.get("amount_total").asLong();
        if (amount == 0) {
            session.put("payment_status", "no_payment_required");
            return;
        }
        ObjectNode intent = intent(checkout.order().currency(), amount, customer);
        intent.set("metadata", map(checkout.payment()));
        session.put("payment_intent", intent.get("id").asString());
        emit("payment_intent.created", intent);
        if (means == Means.SEPA_DEBIT) {
            intent.put("status", "processing").putArray("payment_method_types").add("sepa_debit");
            session.put("payment_status", "unpaid")
                    .putArray("payment_method_types")
                    .add("sepa_debit");
            emit("payment_intent.processing", intent);
            return;
        }
        charge(intent, customer);
        heard("checkout.session.completed", intent.get("id").asString(), session, checkout, amount);
    }

    private void heard(String event, String id, ObjectNode session, Checkout checkout, long amount) {
        Map<String, String> metadata = new TreeMap<>(checkout.subscription());
        session.get("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString()));
        @Nullable String reference = text(session, "client_reference_id");
        payments.add(new Payment(
                event, id, reference, metadata, amount, checkout.order().currency()));
    }

    private ObjectNode intent(String currency, long amount, @Nullable ObjectNode customer) {
        ObjectNode intent = objects.keep(objects.create("payment_intent"))
                .put("amount", amount)
                .put("currency", currency)
                .put("customer", customer == null ? null : customer.get("id").asString())
                .put("receipt_email", customer == null ? null : text(customer, "email"));
        return intent.put("client_secret", intent.get("id").asString() + "_secret_" + objects.id(""));
    }

    /** Takes the money of a payment intent. */
    private void charge(ObjectNode intent, @Nullable ObjectNode customer) {
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
        emit("charge.succeeded", charge);
        emit("payment_intent.succeeded", intent);
    }

    private void subscribe(ObjectNode session, Checkout checkout, ObjectNode customer) {
        boolean trial = checkout.trialDays() > 0;
        long start = now();
        Order order = checkout.order();
        Period period = trial
                ? Period.of(start, "day", checkout.trialDays())
                : order.items().get(0).from(start);
        ObjectNode subscription = objects.keep(objects.create("subscription"))
                .put("billing_cycle_anchor", trial ? period.end() : start)
                .put("currency", order.currency())
                .put("customer", customer.get("id").asString())
                .put("start_date", start)
                .put("status", trial ? "trialing" : "active");
        if (trial) {
            subscription.put("trial_start", start).put("trial_end", period.end());
        }
        ((ObjectNode) subscription.get("automatic_tax")).put("enabled", order.taxPercent() > 0);
        ((ObjectNode) subscription.get("billing_mode")).put("updated_at", start);
        subscription.set("metadata", map(checkout.subscription()));
        String id = subscription.get("id").asString();
        ObjectNode list = (ObjectNode) subscription.get("items");
        list.put("url", "/v1/subscription_items?subscription=" + id);
        order.items().forEach(item -> ((ArrayNode) list.get("data")).add(subscriptionItem(id, item, period)));
        contracts.put(id, new Contract(order, checkout, session, List.of()));
        customer.put("currency", order.currency());

        List<Position> positions = trial ? order.trial(period) : order.positions(period);
        ObjectNode invoice =
                draft(customer, subscription, order, positions, "subscription_create", Period.moment(start));
        subscription.put("latest_invoice", invoice.get("id").asString());
        session.put("subscription", id).put("invoice", invoice.get("id").asString());
        emit("customer.subscription.created", subscription);
        collect(invoice, customer, "Subscription creation", contracts.get(id));
        if (invoice.get("amount_paid").asLong() == 0) {
            session.put("payment_status", "no_payment_required");
        }
    }

    private ObjectNode subscriptionItem(String subscription, Item item, Period period) {
        ObjectNode entry = objects.create("subscription_item")
                .put("current_period_start", period.start())
                .put("current_period_end", period.end())
                .put("quantity", item.quantity())
                .put("subscription", subscription);
        priced(entry, item.price());
        return entry;
    }

    /** Sets the price of an item, and the older form of it that Stripe still shows. */
    private void priced(ObjectNode entry, ObjectNode price) {
        entry.set("price", price.deepCopy());
        ObjectNode plan = objects.create("plan")
                .put("id", price.get("id").asString())
                .put("amount", price.get("unit_amount").asLong())
                .put("amount_decimal", price.get("unit_amount_decimal").asString())
                .put("currency", price.get("currency").asString())
                .put("nickname", text(price, "nickname"))
                .put("product", price.get("product").asString())
                .put("interval", price.at("/recurring/interval").asString("month"))
                .put("interval_count", price.at("/recurring/interval_count").asInt(1));
        entry.set("plan", plan);
    }

    // ---- What happens later -----------------------------------------------------------------------------------------

    /** Ends the period of a subscription: the next one is paid, or the subscription ends. Returns the subscription. */
    ObjectNode renew(String id) {
        return act(() -> {
            ObjectNode subscription = alive(id);
            if (subscription.get("cancel_at_period_end").asBoolean()) {
                return ended(subscription, "cancellation_requested");
            }
            Contract contract = contracts.get(id);
            Order order = contract.order().renewed();
            Period before = periodOf(subscription);
            Period period = order.items().get(0).from(before.end());
            ObjectNode previous = JsonMapper.shared().createObjectNode();
            previous.set("latest_invoice", subscription.get("latest_invoice"));
            if (subscription.get("status").asString().equals("trialing")) {
                previous.put("status", "trialing");
            }
            subscription.put("status", "active");
            subscription.at("/items/data").forEach(item -> ((ObjectNode) item)
                    .put("current_period_start", period.start())
                    .put("current_period_end", period.end()));
            List<Position> positions = new ArrayList<>(contract.pending());
            positions.addAll(order.positions(period));
            ObjectNode customer =
                    objects.get("customer", subscription.get("customer").asString());
            ObjectNode invoice = draft(customer, subscription, order, positions, "subscription_cycle", before);
            subscription.put("latest_invoice", invoice.get("id").asString());
            Contract next = new Contract(order, contract.checkout(), contract.session(), List.of());
            contracts.put(id, next);
            emit("customer.subscription.updated", subscription, previous);
            collect(invoice, customer, "Subscription update", next);
            return subscription.deepCopy();
        });
    }

    /**
     * Changes the price of a subscription in the middle of its period, and settles the difference at once.
     *
     * @param percentLeft how much of the period is left
     */
    ObjectNode upgrade(String id, long unitAmount, int percentLeft) {
        return act(() -> {
            ObjectNode subscription = alive(id);
            Item old = contracts.get(id).order().items().get(0);
            ObjectNode price = objects.create("price");
            String newId = price.get("id").asString();
            price.setAll(old.price().deepCopy());
            price.put("id", newId).put("unit_amount", unitAmount).put("unit_amount_decimal", Long.toString(unitAmount));
            price.put("nickname", old.name().replace("+", "") + "+");
            change(subscription, objects.keep(price), old.quantity(), "always_invoice", percentLeft);
            return subscription.deepCopy();
        });
    }

    private void change(ObjectNode subscription, ObjectNode price, long quantity, String behaviour, int percentLeft) {
        String id = subscription.get("id").asString();
        Contract contract = contracts.get(id);
        Item old = contract.order().items().get(0);
        Item fresh = new Item(price, price.get("nickname").asString(old.name()), quantity);
        Order order = contract.order().renewed().with(fresh);
        ObjectNode previous = JsonMapper.shared().createObjectNode();
        previous.set("items", subscription.get("items").deepCopy());
        ObjectNode entry = (ObjectNode) subscription.at("/items/data/0");
        entry.put("quantity", quantity);
        priced(entry, price);
        Period rest = new Period(now(), periodOf(subscription).end());
        List<Position> positions = new ArrayList<>();
        boolean trial = subscription.get("status").asString().equals("trialing");
        if (!behaviour.equals("none") && !trial) {
            positions.add(Position.prorated(old, percentLeft, true, rest));
            positions.add(Position.prorated(fresh, percentLeft, false, rest));
        }
        boolean now = behaviour.equals("always_invoice");
        List<Position> pending = new ArrayList<>(contract.pending());
        if (!now) {
            pending.addAll(positions);
        }
        Contract next = new Contract(order, contract.checkout(), contract.session(), List.copyOf(pending));
        contracts.put(id, next);
        if (!now || positions.isEmpty()) {
            emit("customer.subscription.updated", subscription, previous);
            return;
        }
        ObjectNode customer =
                objects.get("customer", subscription.get("customer").asString());
        ObjectNode invoice =
                draft(customer, subscription, order, positions, "subscription_update", Period.moment(now()));
        subscription.put("latest_invoice", invoice.get("id").asString());
        emit("customer.subscription.updated", subscription, previous);
        collect(invoice, customer, "Subscription update", next);
    }

    private int percentLeft(ObjectNode subscription) {
        Period period = periodOf(subscription);
        long left = Math.max(0, period.end() - now());
        return (int) Math.min(100, left * 100 / Math.max(1, period.end() - period.start()));
    }

    /** Lets the money of a direct debit arrive, or not. Returns the payment intent. */
    ObjectNode settle(String intentId, boolean arrives) {
        return act(() -> {
            ObjectNode intent = objects.get("payment_intent", intentId);
            if (!intent.get("status").asString().equals("processing")) {
                throw StripeProblem.state("payment_intent_unexpected_state", "This payment is not under way.");
            }
            ObjectNode session = objects.all("checkout.session").stream()
                    .filter(each -> each.get("payment_intent").asString("").equals(intentId))
                    .findFirst()
                    .orElseThrow();
            if (arrives) {
                charge(
                        intent,
                        objects.find("customer", text(intent, "customer")).orElse(null));
                session.put("payment_status", "paid");
                emit("checkout.session.async_payment_succeeded", session);
                Checkout checkout = checkouts.get(session.get("id").asString());
                heard(
                        "checkout.session.async_payment_succeeded",
                        intentId,
                        session,
                        checkout,
                        intent.get("amount").asLong());
            } else {
                intent.put("status", "requires_payment_method");
                intent.putObject("last_payment_error")
                        .put("code", "payment_intent_payment_attempt_failed")
                        .put("message", "The customer's account has insufficient funds.")
                        .put("type", "invalid_request_error");
                emit("payment_intent.payment_failed", intent);
                emit("checkout.session.async_payment_failed", session);
            }
            return intent.deepCopy();
        });
    }

    /** The customer's bank takes the money of a payment back for now. Returns the dispute. */
    ObjectNode dispute(String intentId) {
        return act(() -> {
            ObjectNode charge = chargeOf(objects.get("payment_intent", intentId));
            long left = charge.get("amount").asLong()
                    - charge.get("amount_refunded").asLong();
            if (charge.get("disputed").asBoolean() || left == 0) {
                throw StripeProblem.state("charge_disputed", "Nothing of this payment is left to be disputed.");
            }
            charge.put("disputed", true);
            ObjectNode dispute = objects.keep(objects.create("dispute"))
                    .put("amount", left)
                    .put("charge", charge.get("id").asString())
                    .put("currency", charge.get("currency").asString())
                    .put("payment_intent", intentId);
            ((ObjectNode) dispute.get("evidence_details")).put("due_by", now() + EVIDENCE_DUE.toSeconds());
            emit("charge.dispute.created", dispute);
            emit("charge.dispute.funds_withdrawn", dispute);
            return dispute.deepCopy();
        });
    }

    /** Decides a dispute. A lost one keeps the money away, a won one brings it back. Returns the dispute. */
    ObjectNode decide(String disputeId, boolean won) {
        return act(() -> {
            ObjectNode dispute = objects.get("dispute", disputeId);
            String status = dispute.get("status").asString();
            if (status.equals("won") || status.equals("lost")) {
                throw StripeProblem.state("dispute_closed", "This dispute is decided.");
            }
            if (won) {
                ((ObjectNode) dispute.get("evidence_details"))
                        .put("has_evidence", true)
                        .put("submission_count", 1);
                dispute.put("status", "under_review");
                ObjectNode previous = JsonMapper.shared().createObjectNode().put("status", status);
                emit("charge.dispute.updated", dispute, previous);
            }
            dispute.put("status", won ? "won" : "lost");
            emit("charge.dispute.closed", dispute);
            if (won) {
                emit("charge.dispute.funds_reinstated", dispute);
            }
            return dispute.deepCopy();
        });
    }

    // ---- Invoices ---------------------------------------------------------------------------------------------------

    private ObjectNode draft(
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
    private void collect(ObjectNode invoice, ObjectNode customer, String description, Contract contract) {
        emit("invoice.created", invoice);
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
        emit("invoice.finalized", invoice);
        if (due > 0) {
            ObjectNode intent = intent(invoice.get("currency").asString(), due, customer);
            intent.put("description", description);
            emit("payment_intent.created", intent);
            charge(intent, customer);
            invoicePaid(invoice, intent, due);
        }
        invoice.put("status", "paid")
                .put("amount_paid", due)
                .put("amount_remaining", 0)
                .put("attempted", true)
                .put("attempt_count", due > 0 ? 1 : 0);
        ((ObjectNode) invoice.get("status_transitions")).put("paid_at", now());
        emit("invoice.paid", invoice);
        emit("invoice.payment_succeeded", invoice);
        if (due > 0) {
            heard("invoice.paid", invoice.get("id").asString(), contract.session(), contract.checkout(), due);
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
        emit("invoice_payment.paid", payment);
    }

    // -----------------------------------------------------------------------------------------------------------------

    private ObjectNode alive(String id) {
        ObjectNode subscription = objects.get("subscription", id);
        if (subscription.get("status").asString().equals("canceled")) {
            throw StripeProblem.state("subscription_canceled", "This subscription is canceled.");
        }
        return subscription;
    }

    private ObjectNode chargeOf(ObjectNode intent) {
        return Optional.ofNullable(text(intent, "latest_charge"))
                .flatMap(id -> objects.find("charge", id))
                .orElseThrow(
                        () -> StripeProblem.state("payment_intent_unexpected_state", "This payment has not arrived."));
    }

    private static Period periodOf(ObjectNode subscription) {
        JsonNode item = subscription.at("/items/data/0");
        return new Period(
                item.get("current_period_start").asLong(),
                item.get("current_period_end").asLong());
    }

    private static @Nullable String text(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() ? value.asString() : null;
    }

    private static ObjectNode map(Map<String, String> values) {
        ObjectNode map = JsonMapper.shared().createObjectNode();
        values.forEach(map::put);
        return map;
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
