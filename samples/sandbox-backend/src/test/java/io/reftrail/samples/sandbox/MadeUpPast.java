package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Half an hour of visitors, the same in each run, at all vendors. A vendor receives a click, a lead or a sale at its endpoint;
 * Affihub has no endpoint for sales and receives them from the payment provider.
 */
final class MadeUpPast {

    private static final String PAYMENT = "stripe: checkout.session.completed";
    private static final int SECONDS = 30 * 60;
    private static final int VISITORS = 16;
    private static final List<Money> PRICES = List.of(
            new Money(2_900, "EUR"), new Money(12_900, "USD"), new Money(9_900, "EUR"), new Money(4_500, "JPY"));

    private final Ledger ledger;
    private final CallFeed feed;
    private final Instant now;
    private final Random random = new Random(7);
    private final List<Moment> moments = new ArrayList<>();

    MadeUpPast(Ledger ledger, CallFeed feed, Instant now) {
        this.ledger = ledger;
        this.feed = feed;
        this.now = now;
    }

    void happenAt(List<Dialect> dialects, List<String> partners) {
        for (Dialect dialect : dialects) {
            int visitors = VISITORS + random.nextInt(VISITORS);
            for (int i = 0; i < visitors; i++) {
                visit(dialect, partners, dialect.name() + "-" + i);
            }
        }
        moments.sort(Comparator.comparing(Moment::at));
        moments.forEach(moment -> moment.event().run());
    }

    /** Every second or so signs up within minutes, and every second of those buys. */
    private void visit(Dialect dialect, List<String> partners, String id) {
        String partner = partners.get((int) (partners.size() * Math.pow(random.nextDouble(), 1.4)));
        Instant clicked = now.minusSeconds((long) (SECONDS * Math.pow(random.nextDouble(), 1.2)));
        Subject visitor = new Subject(partner, null, null, id);
        Subject customer = new Subject(partner, "cus_" + (4000 + random.nextInt(5000)), "kim@example.org", id);
        at(clicked, () -> {
            ledger.click(dialect.name(), partner, id, clicked);
            Hearing link = hears(dialect, CallKind.CLICK)
                    .filter(endpoint -> !dialect.vendor().redirecting())
                    .orElse(new Hearing(
                            dialect, CallKind.CLICK, "GET", dialect.vendor().linkPath() + partner));
            int status = link.method().equals("GET") ? 302 : 200;
            tell(clicked, link, status, Verdict.RECORDED, "click on a link of " + partner, visitor);
        });
        Optional<Hearing> lead = hears(dialect, CallKind.LEAD);
        Optional<Hearing> sale = hears(dialect, CallKind.SALE);
        Instant signedUp = clicked.plusSeconds(20 + random.nextInt(150));
        Instant bought = signedUp.plusSeconds(40 + random.nextInt(200));
        if (random.nextInt(2) > 0 || signedUp.isAfter(now)) {
            return;
        }
        lead.ifPresent(where ->
                at(signedUp, () -> convert(signedUp, where, customer, click -> Conversion.lead(click, null, null))));
        if (random.nextInt(2) > 0 && !bought.isAfter(now)) {
            Money price = PRICES.get(random.nextInt(PRICES.size()));
            sale.ifPresent(where -> at(
                    bought,
                    () -> convert(
                            bought, where, customer.paying(price), click -> Conversion.sale(click, null, price))));
        }
    }

    /** One call in six is in some trouble, and does not count; the payment provider's is in none. */
    private void convert(Instant at, Hearing where, Subject subject, Function<Click, Conversion> conversion) {
        String click = String.valueOf(subject.clickId());
        switch (where.path().equals(PAYMENT) ? 17 : random.nextInt(18)) {
            case 0 -> tell(at, where, 503, Verdict.FAULT, "ordered: status 503", Subject.NOBODY);
            case 1 -> tell(at, where, 401, Verdict.UNAUTHORIZED, "the key is unknown", subject);
            case 2 -> tell(at, where, 400, Verdict.REJECTED, "the click id is missing", subject);
            default -> {
                Click known = ledger.find(where.dialect().name(), click).orElseThrow();
                Conversion.Receipt receipt = ledger.count(conversion.apply(known), at);
                tell(at, where, 200, receipt.verdict(), receipt.why(), subject);
                if (random.nextInt(12) == 0) {
                    Conversion.Receipt again = new Conversion.Receipt(receipt.conversion(), receipt.id(), false);
                    tell(at, where, 200, again.verdict(), again.why(), subject);
                }
            }
        }
    }

    private static Optional<Hearing> hears(Dialect dialect, CallKind kind) {
        return dialect.endpoints().stream()
                .filter(endpoint -> endpoint.kind() == kind)
                .map(endpoint -> new Hearing(dialect, kind, "POST", "/" + dialect.name() + endpoint.path()))
                .findFirst()
                .or(() -> Optional.of(new Hearing(dialect, kind, "POST", PAYMENT))
                        .filter(payment -> dialect.counts().contains(kind) && kind == CallKind.SALE));
    }

    private void at(Instant at, Runnable event) {
        moments.add(new Moment(at, event));
    }

    private void tell(Instant at, Hearing where, int status, Verdict verdict, String why, Subject who) {
        String vendor = where.dialect().name();
        feed.add(at, vendor, where.method(), where.path(), where.kind(), status, verdict, why, who);
    }

    /** An endpoint at which a vendor receives events. */
    private record Hearing(Dialect dialect, CallKind kind, String method, String path) {}

    private record Moment(Instant at, Runnable event) {}
}
