package io.reftrail.samples.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The transactions that Affitor has on record, docs/contracts/affitor.md sections 3.4, 3.5 and 4: an id is taken once, and
 * what comes again is a 409.
 */
@Component
final class AffitorTransactions {

    private static final String NAME = AffitorDialect.NAME;
    private static final String WITHOUT_COMMISSION = "no commission";

    private final Claims claims;
    private final Ledger ledger;
    private final Sales sales;
    private final RandomIds ids;

    AffitorTransactions(Claims claims, Ledger ledger, Sales sales, RandomIds ids) {
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
            return new Answer(200, reply, Verdict.IGNORED, "the click is older than the window: stored only", subject);
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
        reply.put("click_age_days", Duration.between(click.at(), Instant.now()).toDays());
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
                    : AffitorReplies.refused(404, "Sale not found", Subject.NOBODY);
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
            return AffitorReplies.refused(400, "refund_amount_cents is more than the sale", subject);
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
