package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import io.reftrail.samples.sandbox.AffitorDialect.Replies;
import io.reftrail.samples.sandbox.AffitorDialect.TestMode;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.ConnectedVendors.Checkout;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Affitor's sales and refunds, docs/contracts/affitor.md sections 3.4, 3.5 and 3.7, with a commission of 30 percent.
 *
 * <p>A sale after the window follows one of the two documented variants, as it is set; stored without a commission it is
 * no sale of the funnel, though its transaction id is spent. A sale is taken back once, a second refund is
 * {@code skipped}; no test mode is documented for it.
 */
@Component
final class AffitorSales {

    private static final String NAME = AffitorDialect.NAME;
    private static final int PERCENT = 30;

    private final AffitorDialect.Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Customers customers;
    private final Transactions transactions;

    AffitorSales(
            AffitorDialect.Settings settings,
            RandomIds ids,
            Ledger ledger,
            Customers customers,
            Transactions transactions) {
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
        this.customers = customers;
        this.transactions = transactions;
    }

    Answer sale(VendorCall call) {
        JsonBody body = call.body();
        @Nullable String key = body.optional("customer_key");
        @Nullable String clickId = body.optional("click_id");
        Subject subject = new Subject(null, key, null, clickId);
        if (!settings.knows(call.bearer())) {
            return Replies.refused(401, "Missing or invalid API token", subject);
        }
        TestMode test = TestMode.of(body);
        if (test.on() && body.problem() == null) {
            return test.answer("sale", settings.programId(), ids, subject);
        }
        String transaction = body.required("transaction_id");
        long cents = body.requiredMinorUnits("amount_cents");
        if (cents < 1) {
            body.refuse("amount_cents must be at least 1");
        }
        String currency = requireNonNullElse(body.optional("currency"), "USD");
        if (!currency.matches("[A-Za-z]{3}")) {
            body.refuse("currency must be a code of three letters");
        }
        body.oneOf("sale_type", List.of("payment", "subscription"));
        body.oneOf("subscription_interval", List.of("monthly", "quarterly", "annual"));
        body.flag("is_recurring");
        body.optional("subscription_id");
        @Nullable String problem = body.problem();
        Money money = new Money(cents, currency);
        return problem == null
                ? attribute(transaction, key, clickId, money, subject.paying(money))
                : Replies.refused(400, problem, subject);
    }

    /** The hand-over by metadata: the click, the customer, and the program that is required. */
    Optional<Answer> paid(Checkout checkout) {
        @Nullable String click = first(checkout, "affitor_click_id", "customer_code");
        @Nullable String key = first(checkout, "affitor_customer_key", "user_id");
        if ((click == null && key == null) || !settings.programId().equals(checkout.value("program_id"))) {
            return Optional.empty();
        }
        String transaction = checkout.invoiceId();
        Subject subject = new Subject(null, key, null, click, checkout.money());
        return Optional.of(attribute(transaction, key, click, checkout.money(), subject));
    }

    private static @Nullable String first(Checkout checkout, String name, String older) {
        @Nullable String value = checkout.value(name);
        return value == null ? checkout.value(older) : value;
    }

    private Answer attribute(
            String transaction, @Nullable String key, @Nullable String clickId, Money money, Subject subject) {
        Optional<Click> byKey = key == null
                ? Optional.empty()
                : customers.byExternalId(NAME, key).map(Customer::click);
        Optional<Click> found = byKey.isPresent() || clickId == null ? byKey : ledger.find(NAME, clickId);
        if (found.isEmpty()) {
            return Replies.refused(400, "Customer not found", subject);
        }
        Click click = found.get();
        Subject referred = subject.referredBy(click);
        boolean expired = click.olderThan(settings.attributionWindow(), Instant.now());
        if (expired && !settings.expiredSale().equals("stored")) {
            return transactions.dropped(click, settings.attributionWindow(), referred);
        }
        return transactions.store(transaction, click, money, !expired, referred);
    }

    Answer refund(VendorCall call) {
        JsonBody body = call.body();
        String transaction = body.required("transaction_id");
        @Nullable BigDecimal asked = body.number("refund_amount_cents");
        body.optional("refund_reason");
        if (!settings.knows(call.bearer())) {
            return Replies.refused(401, "Missing or invalid API token", Subject.NOBODY);
        }
        if (asked != null && (asked.signum() < 0 || asked.stripTrailingZeros().scale() > 0)) {
            body.refuse("refund_amount_cents must be a whole number, not negative");
        }
        @Nullable String problem = body.problem();
        return problem == null
                ? transactions.refund(transaction, asked, PERCENT)
                : Replies.refused(400, problem, Subject.NOBODY);
    }

    /** A reply of Affitor's, whose fields may be {@code null}. */
    static Map<String, @Nullable Object> reply(String message) {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("success", true);
        reply.put("message", message);
        return reply;
    }

    /**
     * The transactions that Affitor has on record, docs/contracts/affitor.md sections 3.4, 3.5 and 4: an id is taken once,
     * and what comes again is a 409.
     */
    @Component
    static final class Transactions {

        private static final String NAME = AffitorDialect.NAME;
        private static final String WITHOUT_COMMISSION = "no commission";

        private final Claims claims;
        private final Ledger ledger;
        private final Sales sales;
        private final RandomIds ids;

        Transactions(Claims claims, Ledger ledger, Sales sales, RandomIds ids) {
            this.claims = claims;
            this.ledger = ledger;
            this.sales = sales;
            this.ids = ids;
        }

        synchronized Answer store(String id, Click click, Money money, boolean attributed, Subject subject) {
            String word = attributed ? "commission" : WITHOUT_COMMISSION;
            if (claims.take(NAME, "transaction:" + id, Duration.ofDays(36_500), word)
                    .isPresent()) {
                Object body = Map.of("error", "Duplicate transaction_id: this sale is already recorded");
                return new Answer(409, body, Verdict.DUPLICATE, "this sale was counted before", subject);
            }
            if (!attributed) {
                Map<String, @Nullable Object> reply = AffitorSales.reply("Attribution window expired, no commission");
                reply.put("sale_id", ids.number());
                reply.put("commission_id", null);
                return new Answer(
                        200, reply, Verdict.IGNORED, "the click is older than the window: stored only", subject);
            }
            Conversion.Receipt receipt = ledger.count(Conversion.sale(click, id, money));
            Sale sale = sales.byKey(NAME, id).orElseThrow();
            Map<String, @Nullable Object> reply = AffitorSales.reply("Sale tracked successfully");
            reply.put("sale_id", sale.number());
            reply.put("commission_id", sale.number());
            return new Answer(200, reply, receipt.verdict(), receipt.why(), subject);
        }

        Answer dropped(Click click, Duration window, Subject subject) {
            Map<String, @Nullable Object> reply = AffitorSales.reply("Attribution window expired");
            reply.put("attributed", false);
            reply.put("reason", "attribution_window_expired");
            reply.put(
                    "click_age_days",
                    Duration.between(click.at(), Instant.now()).toDays());
            reply.put("window_days", window.toDays());
            reply.put("sale_id", null);
            reply.put("commission_id", null);
            return new Answer(200, reply, Verdict.IGNORED, "the click is older than the window", subject);
        }

        synchronized Answer refund(String id, @Nullable BigDecimal asked, int percent) {
            Optional<Sale> known = sales.byKey(NAME, id);
            if (known.isEmpty()) {
                boolean stored = claims.find(NAME, "transaction:" + id, Duration.ofDays(36_500))
                        .isPresent();
                return stored
                        ? done("no_commission", null, null, Verdict.IGNORED, Subject.NOBODY)
                        : Replies.refused(404, "Sale not found", Subject.NOBODY);
            }
            Sale sale = known.get();
            BigDecimal cents = asked == null || asked.signum() == 0
                    ? BigDecimal.valueOf(sale.money().minorUnits())
                    : asked;
            Money back = new Money(cents.longValue(), sale.money().currency());
            Subject subject = new Subject(sale.partner(), null, null, sale.clickId(), back);
            if (sale.refunded() > 0) {
                return done("skipped", sale.number(), null, Verdict.DUPLICATE, subject);
            }
            if (!sales.refund(sale, back.minorUnits())) {
                return Replies.refused(400, "refund_amount_cents is more than the sale", subject);
            }
            boolean all = back.minorUnits() == sale.money().minorUnits();
            return done(
                    all ? "reversed" : "refunded",
                    sale.number(),
                    back.percent(percent).majorUnits(),
                    Verdict.RECORDED,
                    subject);
        }

        private static Answer done(
                String status,
                @Nullable Long commission,
                @Nullable BigDecimal deduction,
                Verdict verdict,
                Subject subject) {
            Map<String, @Nullable Object> reply = AffitorSales.reply("Refund processed");
            reply.put("status", status);
            reply.put("commission_id", commission);
            reply.put("deductionAmount", deduction == null ? 0 : deduction);
            return new Answer(200, reply, verdict, "refund: " + status, subject);
        }
    }
}
