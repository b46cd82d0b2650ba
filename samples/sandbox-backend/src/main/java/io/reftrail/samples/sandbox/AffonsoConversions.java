package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import io.reftrail.samples.sandbox.AffonsoDialect.Replies;
import io.reftrail.samples.sandbox.AffonsoDialect.Signups;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Customers.Customer;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.Ledger.Sale;
import io.reftrail.samples.sandbox.Ledger.Sales;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Affonso's sales, their refunds and trials, docs/contracts/affonso.md sections 3.4 to 3.6; {@code external_event_id} makes them
 * idempotent.
 *
 * <p>Where the contract knows no answer: a first conversion is 201 and a repeat 200, as with sign-ups; ids of which none
 * is known are 404, ids of more than one referral 400; a sale of a rejected referral is accepted and not attributed.
 * Of the events of section 3.6, the sandbox takes trials; a repeated one is answered as the first one was. Nothing here gives a referral a {@code customer_id}, so none is ever found.
 */
@Component
final class AffonsoConversions {

    private static final String NAME = AffonsoDialect.NAME;
    private static final String TRIALING = "trialing";
    private static final Duration EVER = Duration.ofDays(36_500);

    private final Ledger ledger;
    private final Customers customers;
    private final Sales sales;
    private final Claims claims;
    private final AffonsoSales replies;

    AffonsoConversions(Ledger ledger, Customers customers, Sales sales, Claims claims, AffonsoSales replies) {
        this.ledger = ledger;
        this.customers = customers;
        this.sales = sales;
        this.claims = claims;
        this.replies = replies;
    }

    Answer convert(VendorCall call) {
        JsonBody body = call.body();
        String event = body.required("external_event_id");
        @Nullable BigDecimal amount = body.number("sale_amount");
        if (amount == null || amount.signum() <= 0) {
            body.refuse("sale_amount is required and must be positive");
        }
        String currency = body.required("sale_amount_currency");
        body.oneOf("sales_status", List.of("complete", "open", "trialing", "failed", "refunded", "partial_refunded"));
        body.oneOf("interval", List.of("monthly", "yearly"));
        body.flag("is_subscription");
        @Nullable String user = body.optional("external_user_id");
        List<String> names = new ArrayList<>();
        Set<Optional<Click>> clicks = new LinkedHashSet<>();
        for (String field : List.of("referral_id", "click_id", "customer_id")) {
            @Nullable String id = body.optional(field);
            if (id != null) {
                names.add(field);
                clicks.add(field.equals("customer_id") ? Optional.empty() : ledger.find(NAME, id));
            }
        }
        if (user != null) {
            names.add("external_user_id");
            clicks.add(customers.byExternalId(NAME, user).map(Customer::click));
        }
        if (names.isEmpty()) {
            body.refuse("referral_id, customer_id, external_user_id or click_id is required");
        }
        Optional<Money> money = Money.ofMajorUnits(requireNonNullElse(amount, BigDecimal.ZERO), currency);
        if (money.isEmpty()) {
            body.refuse("sale_amount_currency is unknown, or has no unit as small as this sale_amount");
        }
        Subject subject = new Subject(null, user, null, body.optional("click_id"), money.orElse(null));
        @Nullable String problem = body.problem();
        if (problem != null) {
            return Replies.invalid(problem, subject);
        }
        if (clicks.size() > 1) {
            return Replies.invalid("the given ids do not lead to one referral", subject);
        }
        Optional<Click> click = clicks.iterator().next();
        return click.map(found -> count(found, event, money.orElseThrow(), subject.referredBy(found)))
                .orElseGet(() -> Replies.notFound("no referral has one of the given ids", subject));
    }

    private Answer count(Click click, String event, Money money, Subject subject) {
        boolean rejected = customers
                .byClick(NAME, click.id())
                .filter(customer -> customer.status().equals(Signups.REJECTED))
                .isPresent();
        if (rejected) {
            Object reply = replies.uncommissioned(click, event, money);
            return new Answer(201, reply, Verdict.IGNORED, "the referral was rejected", subject);
        }
        Conversion.Receipt receipt = ledger.count(Conversion.sale(click, event, money));
        Sale sale = sales.byId(NAME, receipt.id()).orElseThrow();
        return new Answer(
                receipt.fresh() ? 201 : 200, replies.conversion(sale), receipt.verdict(), receipt.why(), subject);
    }

    Answer trial(VendorCall call) {
        JsonBody body = call.body();
        String name = body.required("event_name");
        body.oneOf("event_type", List.of("trial"));
        String event = body.required("external_event_id");
        String user = body.required("external_user_id");
        body.optional("occurred_at");
        body.flag("is_subscription");
        Subject subject = new Subject(null, user, null, null);
        @Nullable String problem = body.problem();
        if (problem != null) {
            return Replies.invalid(problem, subject);
        }
        Optional<Customer> customer = customers.byExternalId(NAME, user);
        if (customer.isEmpty()) {
            return Replies.notFound("no referral has one of the given ids", subject);
        }
        Click click = customer.get().click();
        boolean repeated = claims.take(NAME, "trial:" + event, EVER, "taken").isPresent();
        if (!repeated) {
            customers.mark(customer.get(), TRIALING);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("referral_id", click.id());
        data.put("transaction_id", null);
        data.put("event_name", name);
        data.put("event_type", "trial");
        data.put("external_event_id", event);
        data.put("action", "referral_updated");
        data.put("referral_status", TRIALING);
        return new Answer(
                200,
                Replies.success(data),
                repeated ? Verdict.DUPLICATE : Verdict.RECORDED,
                repeated ? "this trial was reported before" : "the trial of a customer of " + click.partner(),
                subject.referredBy(click));
    }

    Answer refund(VendorCall call) {
        JsonBody body = call.body();
        @Nullable BigDecimal amount = body.number("amount");
        @Nullable String event = body.optional("external_event_id");
        for (String field : List.of("currency", "reason", "refunded_at")) {
            body.optional(field);
        }
        if (amount != null && amount.signum() <= 0) {
            body.refuse("amount must be positive");
        }
        String id = requireNonNullElse(call.path().get("id"), "").replaceFirst("^com_", "");
        Optional<Sale> sale = sales.byId(NAME, id);
        @Nullable String problem = body.problem();
        if (problem != null) {
            return Replies.invalid(problem, Subject.NOBODY);
        }
        return sale.map(found -> takeBack(found, amount, event))
                .orElseGet(() -> Replies.notFound("no conversion has this id", Subject.NOBODY));
    }

    private synchronized Answer takeBack(Sale sale, @Nullable BigDecimal amount, @Nullable String event) {
        String currency = sale.money().currency();
        Optional<Money> back = amount == null ? Optional.of(sale.rest()) : Money.ofMajorUnits(amount, currency);
        Subject subject = new Subject(sale.partner(), null, null, sale.clickId(), back.orElse(null));
        String claim = "refund:" + event;
        if (event != null && claims.find(NAME, claim, EVER).isPresent()) {
            Object reply = replies.conversion(sale);
            return new Answer(200, reply, Verdict.DUPLICATE, "this refund was counted before", subject);
        }
        if (back.isEmpty()
                || back.get().minorUnits() < 1
                || !sales.refund(sale, back.get().minorUnits())) {
            return Replies.invalid("amount is more than what is left of the sale", subject);
        }
        if (event != null) {
            claims.take(NAME, claim, EVER, sale.id());
        }
        Sale left = sales.byId(NAME, sale.id()).orElseThrow();
        String why = left.rest().minorUnits() == 0 ? "refunded in full" : "refunded in part";
        return new Answer(200, replies.conversion(left), Verdict.RECORDED, why, subject);
    }

    /**
     * A conversion as Affonso shows it, docs/contracts/affonso.md sections 3.4 and 3.5: what is left of the sale after its
     * refunds, with a commission of 20 percent. Fields that nothing here could fill are left out.
     */
    @Component
    static final class AffonsoSales {

        private static final int PERCENT = 20;

        private final AffonsoDialect.Settings settings;

        AffonsoSales(AffonsoDialect.Settings settings) {
            this.settings = settings;
        }

        Object conversion(Sale sale) {
            boolean full = sale.rest().minorUnits() == 0;
            String status = full ? "refunded" : "ready_for_payment";
            String salesStatus = full ? "refunded" : sale.refunded() > 0 ? "partial_refunded" : "complete";
            Money rest = sale.rest();
            return reply(
                    "com_" + sale.id(),
                    sale.clickId(),
                    sale.partner(),
                    rest,
                    rest.percent(PERCENT),
                    sale.dedupKey(),
                    status,
                    salesStatus);
        }

        /** A success without a commission, which section 3.4 says there can be. */
        Object uncommissioned(Click click, String event, Money money) {
            return reply(
                    "com_" + click.id(),
                    click.id(),
                    click.partner(),
                    money,
                    money.percent(0),
                    event,
                    "declined",
                    "complete");
        }

        private Object reply(
                String id,
                String referral,
                String partner,
                Money money,
                Money commission,
                @Nullable String event,
                String status,
                String salesStatus) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("id", id);
            data.put("referral_id", referral);
            data.put("affiliate_id", "aff_" + partner);
            data.put("program_id", settings.programId());
            data.put("sale_amount", money.majorUnits());
            data.put("sale_amount_currency", money.currency());
            data.put("commission_amount", commission.majorUnits());
            data.put("commission_currency", money.currency());
            data.put("status", status);
            data.put("sales_status", salesStatus);
            data.put("external_event_id", event);
            return Replies.success(data);
        }
    }
}
