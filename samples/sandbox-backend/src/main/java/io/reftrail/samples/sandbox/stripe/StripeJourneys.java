package io.reftrail.samples.sandbox.stripe;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reftrail.samples.sandbox.stripe.Checkouts.Means;
import io.reftrail.samples.sandbox.stripe.Webhooks.Mode;
import io.reftrail.samples.sandbox.stripe.Webhooks.Sent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens at Stripe without the application, on demand: customers pay, time passes, banks take money back. For the page
 * at {@code /payments} and for tests. Stripe has no such endpoints.
 */
@RestController
@RequestMapping("/sandbox/stripe")
class StripeJourneys {

    private final StripeAccount account;
    private final Checkouts checkouts;
    private final Subscriptions subscriptions;
    private final Refunds refunds;
    private final Webhooks webhooks;

    StripeJourneys(
            StripeAccount account,
            Checkouts checkouts,
            Subscriptions subscriptions,
            Refunds refunds,
            Webhooks webhooks) {
        this.account = account;
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.refunds = refunds;
        this.webhooks = webhooks;
    }

    /** Everything that the page shows. */
    @GetMapping
    Overview overview() {
        return new Overview(
                webhooks.mode(),
                webhooks.waiting(),
                webhooks.addresses(),
                account.read(Overview.Row::of),
                webhooks.events().stream().limit(100).toList());
    }

    /** A customer subscribes at a checkout of the application. Returns the paid session. */
    @PostMapping("/subscribe")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode subscribe(@RequestBody Purchase purchase) {
        return pay(purchase, true);
    }

    /** A customer pays once at a checkout of the application. Returns the paid session. */
    @PostMapping("/pay")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode pay(@RequestBody Purchase purchase) {
        return pay(purchase, false);
    }

    private ObjectNode pay(Purchase purchase, boolean subscription) {
        ObjectNode session = checkouts.createSession(purchase.form(subscription), "/stripe/pay/");
        Means means = requireNonNullElse(purchase.means(), Means.CARD);
        return checkouts.pay(session.get("id").asString(), means, purchase.email(), purchase.name());
    }

    @PostMapping("/subscriptions/{id}/renew")
    ObjectNode renew(@PathVariable String id) {
        return subscriptions.renew(id);
    }

    /**
     * A customer changes to another price in the middle of a period.
     *
     * @param amount the new price
     * @param left how many percent of the period are left
     */
    @PostMapping("/subscriptions/{id}/upgrade")
    ObjectNode upgrade(
            @PathVariable String id, @RequestParam long amount, @RequestParam(defaultValue = "50") int left) {
        return subscriptions.upgrade(id, amount, left);
    }

    @PostMapping("/subscriptions/{id}/cancel")
    ObjectNode cancel(@PathVariable String id) {
        return subscriptions.cancel(id);
    }

    /** Gives back {@code half} of a payment, or the {@code rest}. */
    @PostMapping("/payments/{id}/refund")
    ObjectNode refund(@PathVariable String id, @RequestParam(defaultValue = "rest") String part) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("payment_intent", id));
        if (part.equals("half")) {
            long amount = account.read(
                    all -> all.get("payment_intent", id).get("amount").asLong());
            form.put("amount", Long.toString(amount / 2));
        }
        return refunds.refund(new Form(form));
    }

    @PostMapping("/payments/{id}/dispute")
    ObjectNode dispute(@PathVariable String id) {
        return refunds.dispute(id);
    }

    /** The money of a direct debit is there. */
    @PostMapping("/payments/{id}/arrive")
    ObjectNode arrive(@PathVariable String id) {
        return checkouts.settle(id, true);
    }

    /** The money of a direct debit does not come. */
    @PostMapping("/payments/{id}/bounce")
    ObjectNode bounce(@PathVariable String id) {
        return checkouts.settle(id, false);
    }

    @PostMapping("/disputes/{id}/lose")
    ObjectNode lose(@PathVariable String id) {
        return refunds.decide(id, false);
    }

    @PostMapping("/disputes/{id}/win")
    ObjectNode win(@PathVariable String id) {
        return refunds.decide(id, true);
    }

    /** Says how events are delivered from now on, and delivers those that were held. */
    @PutMapping("/delivery")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deliver(@RequestBody Delivery delivery) {
        webhooks.mode(delivery.mode());
    }

    /** Hands over the events that are held, to somebody who delivers them. The sandbox forgets them. */
    @PostMapping("/events/take")
    List<ObjectNode> take() {
        return account.takeHeldEvents();
    }

    /** Returns each payment that has arrived, of one customer or of all, and what was given back of it. */
    @GetMapping("/money")
    List<Money> money(@RequestParam(required = false) @Nullable String customer) {
        return account.read(all -> Money.of(all, customer));
    }

    @PostMapping("/events/{id}/resend")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void resend(@PathVariable String id) {
        webhooks.resend(id);
    }

    @ExceptionHandler
    static ResponseEntity<ObjectNode> refuse(StripeProblem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(problem.json());
    }

    record Delivery(Mode mode) {}

    /**
     * What somebody buys. Everything has a default.
     *
     * @param amount the price, in the smallest unit of the currency
     */
    record Purchase(
            @Nullable String product,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String interval,
            @JsonProperty("trial_days") @Nullable Integer trialDays,
            @Nullable String coupon,
            @JsonProperty("automatic_tax") @Nullable Boolean automaticTax,
            @JsonProperty("tax_behavior") @Nullable String taxBehavior,
            @Nullable String customer,
            @Nullable String email,
            @Nullable String name,
            @JsonProperty("client_reference_id") @Nullable String clientReferenceId,
            @Nullable Map<String, String> metadata,
            @Nullable Means means) {

        /** Returns the session that an application would open for it, with the metadata wherever an application can put it. */
        Form form(boolean subscription) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("mode", subscription ? "subscription" : "payment");
            form.put("success_url", "http://localhost/");
            form.put("line_items[0][price_data][currency]", requireNonNullElse(currency, "eur"));
            form.put("line_items[0][price_data][unit_amount]", Long.toString(requireNonNullElse(amount, 2900L)));
            form.put("line_items[0][price_data][product_data][name]", requireNonNullElse(product, "Team"));
            if (subscription) {
                form.put("line_items[0][price_data][recurring][interval]", requireNonNullElse(interval, "month"));
            }
            put(form, "line_items[0][price_data][tax_behavior]", taxBehavior);
            put(form, "automatic_tax[enabled]", automaticTax);
            put(form, "subscription_data[trial_period_days]", trialDays);
            put(form, "discounts[0][coupon]", coupon);
            put(form, "customer", customer);
            put(form, "client_reference_id", clientReferenceId);
            put(form, "customer_creation", subscription || email == null ? null : "always");
            String more = subscription ? "subscription_data[metadata][" : "payment_intent_data[metadata][";
            requireNonNullElse(metadata, Map.<String, String>of()).forEach((key, value) -> {
                form.put("metadata[" + key + "]", value);
                form.put(more + key + "]", value);
            });
            return new Form(form);
        }

        private static void put(Map<String, String> form, String name, @Nullable Object value) {
            if (value != null) {
                form.put(name, value.toString());
            }
        }
    }

    /**
     * A payment that has arrived, in the smallest unit of the currency.
     *
     * @param paid what has arrived, with tax
     * @param total what was to be paid, of which the customer's balance may have covered a part
     * @param tax the tax in the total
     * @param refunded what was given back by refunds
     * @param lost what was given back by lost disputes
     */
    record Money(
            String payment,
            @Nullable String customer,
            String currency,
            long paid,
            long total,
            long tax,
            long refunded,
            long lost) {

        static List<Money> of(StripeObjects all, @Nullable String customer) {
            Map<String, JsonNode> invoices = new HashMap<>();
            all.all("invoice_payment")
                    .forEach(payment -> invoices.put(
                            payment.at("/payment/payment_intent").asString(),
                            all.get("invoice", payment.get("invoice").asString())));
            Map<String, JsonNode> sessions = new HashMap<>();
            all.all("checkout.session")
                    .forEach(session ->
                            sessions.put(session.get("payment_intent").asString(), session));
            Map<String, Long> lost = new HashMap<>();
            all.all("dispute").stream()
                    .filter(dispute -> dispute.get("status").asString().equals("lost"))
                    .forEach(dispute -> lost.put(
                            dispute.get("charge").asString(),
                            dispute.get("amount").asLong()));
            return all.all("charge").stream()
                    .filter(charge -> customer == null
                            || charge.get("customer").asString().equals(customer))
                    .map(charge -> {
                        String intent = charge.get("payment_intent").asString();
                        @Nullable JsonNode invoice = invoices.get(intent);
                        @Nullable JsonNode session = sessions.get(intent);
                        long paid = charge.get("amount").asLong();
                        return new Money(
                                intent,
                                charge.get("customer").isString()
                                        ? charge.get("customer").asString()
                                        : null,
                                charge.get("currency").asString(),
                                paid,
                                invoice == null ? paid : invoice.get("total").asLong(),
                                invoice == null
                                        ? Objects.requireNonNull(session)
                                                .at("/total_details/amount_tax")
                                                .asLong()
                                        : invoice.at("/total_taxes/0/amount").asLong(0),
                                charge.get("amount_refunded").asLong(),
                                lost.getOrDefault(charge.get("id").asString(), 0L));
                    })
                    .toList();
        }
    }

    /**
     * The account at a glance.
     *
     * @param held how many events wait for another mode
     * @param addresses where events are sent to
     * @param rows subscriptions and payments, the newest first
     * @param events the newest first
     */
    record Overview(Mode mode, int held, List<URI> addresses, List<Row> rows, List<Sent> events) {

        /**
         * A subscription or a payment.
         *
         * @param amount the price or what was paid, in the smallest unit of the currency
         * @param refunded what was given back, refunds and lost disputes
         */
        record Row(
                String id,
                String kind,
                @Nullable String customer,
                String text,
                long amount,
                long refunded,
                String currency,
                String status,
                long created,
                List<Action> actions) {

            static List<Row> of(StripeObjects all) {
                List<Row> rows = new ArrayList<>();
                all.all("subscription").forEach(each -> rows.add(subscription(each)));
                all.all("payment_intent").forEach(each -> rows.add(payment(all, each)));
                return rows;
            }

            private static Row subscription(ObjectNode subscription) {
                String path = "/sandbox/stripe/subscriptions/"
                        + subscription.get("id").asString();
                JsonNode item = subscription.at("/items/data/0");
                long amount = item.at("/price/unit_amount").asLong();
                String status = subscription.get("status").asString();
                List<Action> actions = status.equals("canceled")
                        ? List.of()
                        : List.of(
                                new Action("renew", path + "/renew"),
                                new Action("upgrade", path + "/upgrade?amount=" + (amount + 2000)),
                                new Action("cancel", path + "/cancel"));
                return new Row(
                        subscription.get("id").asString(),
                        "subscription",
                        subscription.get("customer").asString(),
                        item.at("/price/nickname").asString() + ", each "
                                + item.at("/price/recurring/interval").asString(),
                        amount,
                        0,
                        subscription.get("currency").asString(),
                        status,
                        subscription.get("created").asLong(),
                        actions);
            }

            private static Row payment(StripeObjects all, ObjectNode intent) {
                String id = intent.get("id").asString();
                String path = "/sandbox/stripe/payments/" + id;
                Optional<ObjectNode> charge =
                        all.find("charge", intent.get("latest_charge").asString());
                Optional<ObjectNode> dispute = charge.flatMap(each -> all.all("dispute").stream()
                        .filter(one -> one.get("charge").equals(each.get("id")))
                        .findFirst());
                long amount = intent.get("amount").asLong();
                long refunded =
                        charge.map(each -> each.get("amount_refunded").asLong()).orElse(0L);
                String status = dispute.map(each ->
                                "dispute " + each.get("status").asString().replace('_', ' '))
                        .orElse(intent.get("status").asString().replace('_', ' '));
                long lost = dispute.filter(each -> each.get("status").asString().equals("lost"))
                        .map(each -> each.get("amount").asLong())
                        .orElse(0L);
                return new Row(
                        id,
                        "payment",
                        intent.get("customer").isString()
                                ? intent.get("customer").asString()
                                : null,
                        intent.get("description").isString()
                                ? intent.get("description").asString()
                                : "Payment",
                        amount,
                        refunded + lost,
                        intent.get("currency").asString(),
                        status,
                        intent.get("created").asLong(),
                        actions(intent, path, amount - refunded, dispute));
            }

            private static List<Action> actions(
                    ObjectNode intent, String path, long left, Optional<ObjectNode> dispute) {
                List<Action> actions = new ArrayList<>();
                if (intent.get("status").asString().equals("processing")) {
                    actions.add(new Action("money arrives", path + "/arrive"));
                    actions.add(new Action("money does not come", path + "/bounce"));
                } else if (dispute.isPresent()) {
                    String one = "/sandbox/stripe/disputes/"
                            + dispute.get().get("id").asString();
                    if (dispute.get().get("status").asString().equals("needs_response")) {
                        actions.add(new Action("dispute is lost", one + "/lose"));
                        actions.add(new Action("dispute is won", one + "/win"));
                    }
                } else if (intent.get("status").asString().equals("succeeded") && left > 0) {
                    if (left == intent.get("amount").asLong()) {
                        actions.add(new Action("refund half", path + "/refund?part=half"));
                    }
                    actions.add(new Action("refund the rest", path + "/refund?part=rest"));
                    actions.add(new Action("dispute", path + "/dispute"));
                }
                return actions;
            }
        }

        /** Something that can happen now, by a POST to the path. */
        record Action(String label, String path) {}
    }
}
