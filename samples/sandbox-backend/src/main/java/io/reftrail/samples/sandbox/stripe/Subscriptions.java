package io.reftrail.samples.sandbox.stripe;

import static io.reftrail.samples.sandbox.stripe.StripeObjects.map;
import static io.reftrail.samples.sandbox.stripe.StripeObjects.now;
import static io.reftrail.samples.sandbox.stripe.StripeObjects.text;

import io.reftrail.samples.sandbox.stripe.Checkouts.Checkout;
import io.reftrail.samples.sandbox.stripe.Order.Item;
import io.reftrail.samples.sandbox.stripe.Order.Period;
import io.reftrail.samples.sandbox.stripe.Order.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subscriptions. Time does not pass by itself: a subscription is renewed when {@link #renew} is called, and its period moves on
 * then.
 */
@Component
final class Subscriptions {

    private final StripeAccount account;
    private final StripeObjects objects;
    private final Prices prices;
    private final Invoices invoices;
    private final Map<String, Contract> contracts = new HashMap<>();

    Subscriptions(StripeAccount account, StripeObjects objects, Prices prices, Invoices invoices) {
        this.account = account;
        this.objects = objects;
        this.prices = prices;
        this.invoices = invoices;
        account.whenEmptied(contracts::clear);
    }

    /**
     * What a subscription is about.
     *
     * @param pending what a change of the price has left for the next invoice
     */
    private record Contract(Order order, Checkout checkout, List<Position> pending) {}

    /** Makes the subscription of a paid session, with its first invoice. */
    void subscribe(Checkout checkout, ObjectNode customer) {
        ObjectNode session = checkout.session();
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
        contracts.put(id, new Contract(order, checkout, List.of()));
        customer.put("currency", order.currency());

        List<Position> positions = trial ? order.trial(period) : order.positions(period);
        ObjectNode invoice =
                invoices.draft(customer, subscription, order, positions, "subscription_create", Period.moment(start));
        subscription.put("latest_invoice", invoice.get("id").asString());
        session.put("subscription", id).put("invoice", invoice.get("id").asString());
        account.emit("customer.subscription.created", subscription);
        invoices.collect(invoice, customer, "Subscription creation", checkout);
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

    /** Ends the period of a subscription: the next one is paid, or the subscription ends. Returns the subscription. */
    ObjectNode renew(String id) {
        return account.act(() -> {
            ObjectNode subscription = alive(id);
            if (subscription.get("cancel_at_period_end").asBoolean()) {
                return ended(subscription, "cancellation_requested");
            }
            Contract contract = contract(id);
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
            ObjectNode invoice = invoices.draft(customer, subscription, order, positions, "subscription_cycle", before);
            subscription.put("latest_invoice", invoice.get("id").asString());
            Contract next = new Contract(order, contract.checkout(), List.of());
            contracts.put(id, next);
            account.emit("customer.subscription.updated", subscription, previous);
            invoices.collect(invoice, customer, "Subscription update", contract.checkout());
            return subscription.deepCopy();
        });
    }

    /**
     * Changes the price of a subscription in the middle of its period, and settles the difference at once.
     *
     * @param percentLeft how much of the period is left
     */
    ObjectNode upgrade(String id, long unitAmount, int percentLeft) {
        return account.act(() -> {
            ObjectNode subscription = alive(id);
            Item old = contract(id).order().items().get(0);
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
        Contract contract = contract(id);
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
        Contract next = new Contract(order, contract.checkout(), List.copyOf(pending));
        contracts.put(id, next);
        if (!now || positions.isEmpty()) {
            account.emit("customer.subscription.updated", subscription, previous);
            return;
        }
        ObjectNode customer =
                objects.get("customer", subscription.get("customer").asString());
        ObjectNode invoice =
                invoices.draft(customer, subscription, order, positions, "subscription_update", Period.moment(now()));
        subscription.put("latest_invoice", invoice.get("id").asString());
        account.emit("customer.subscription.updated", subscription, previous);
        invoices.collect(invoice, customer, "Subscription update", contract.checkout());
    }

    private int percentLeft(ObjectNode subscription) {
        Period period = periodOf(subscription);
        long left = Math.max(0, period.end() - now());
        return (int) Math.min(100, left * 100 / Math.max(1, period.end() - period.start()));
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
        return account.act(() -> {
            ObjectNode subscription = alive(id);
            if (form.has("items[0]")) {
                ObjectNode price = form.text("items[0][price]") != null
                        ? objects.get("price", form.text("items[0][price]"))
                        : prices.price(form, "items[0][price_data]");
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
                account.emit("customer.subscription.updated", subscription, previous);
            }
            Map<String, String> metadata = form.below("metadata");
            if (!metadata.isEmpty()) {
                ObjectNode previous = JsonMapper.shared().createObjectNode();
                previous.set("metadata", subscription.get("metadata").deepCopy());
                metadata.forEach((key, value) -> ((ObjectNode) subscription.get("metadata")).put(key, value));
                account.emit("customer.subscription.updated", subscription, previous);
            }
            return subscription.deepCopy();
        });
    }

    /** Ends a subscription now. */
    ObjectNode cancel(String id) {
        return account.act(() -> ended(alive(id), "cancellation_requested"));
    }

    private ObjectNode ended(ObjectNode subscription, String reason) {
        subscription.put("status", "canceled").put("ended_at", now());
        if (subscription.get("canceled_at").isNull()) {
            subscription.put("canceled_at", now());
        }
        cancellation(subscription, reason);
        account.emit("customer.subscription.deleted", subscription);
        return subscription.deepCopy();
    }

    private static void cancellation(ObjectNode subscription, @Nullable String reason) {
        ((ObjectNode) subscription.get("cancellation_details")).put("reason", reason);
    }

    private Contract contract(String id) {
        return Objects.requireNonNull(contracts.get(id));
    }

    private ObjectNode alive(String id) {
        ObjectNode subscription = objects.get("subscription", id);
        if (subscription.get("status").asString().equals("canceled")) {
            throw StripeProblem.state("subscription_canceled", "This subscription is canceled.");
        }
        return subscription;
    }

    private static Period periodOf(ObjectNode subscription) {
        JsonNode item = subscription.at("/items/data/0");
        return new Period(
                item.get("current_period_start").asLong(),
                item.get("current_period_end").asLong());
    }
}
