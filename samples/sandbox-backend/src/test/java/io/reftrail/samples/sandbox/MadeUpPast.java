package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.Conversion.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Half an hour of visitors, the same in each run, at whichever vendors there are. What a vendor takes is read from the
 * names of its endpoints, so one that takes no leads has none.
 */
final class MadeUpPast {

    private static final int SECONDS = 30 * 60;
    private static final int VISITORS = 24;

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

    void happenAt(List<Dialect> dialects) {
        for (Dialect dialect : dialects) {
            int visitors = VISITORS + random.nextInt(VISITORS);
            for (int i = 0; i < visitors; i++) {
                visit(dialect, dialect.name() + "-" + i);
            }
        }
        moments.sort(Comparator.comparing(Moment::at));
        moments.forEach(moment -> moment.event().run());
    }

    /** Every second or so signs up within minutes, and every second of those buys. */
    private void visit(Dialect dialect, String id) {
        List<String> partners = dialect.vendor().partners();
        String partner = partners.get((int) (partners.size() * Math.pow(random.nextDouble(), 1.4)));
        Instant clicked = now.minusSeconds((long) (SECONDS * Math.pow(random.nextDouble(), 1.2)));
        Subject visitor = new Subject(partner, null, null, id);
        Subject customer = new Subject(partner, "cus_" + (4000 + random.nextInt(5000)), "kim@example.org", id);
        at(clicked, () -> {
            ledger.click(dialect.name(), partner, id, clicked);
            String link = dialect.vendor().linkPath() + partner;
            tell(clicked, dialect, "GET", link, 302, Verdict.RECORDED, "click on a link of " + partner, visitor);
        });
        Optional<String> lead = takes(dialect, "lead", "signup")
                .or(() -> takes(dialect, "sale").isEmpty() ? takes(dialect, "conversion") : Optional.empty());
        Optional<String> sale = takes(dialect, "sale", "payment", "webhook")
                .or(() -> takes(dialect, "conversion").filter(path -> !lead.equals(Optional.of(path))));
        Instant signedUp = clicked.plusSeconds(20 + random.nextInt(150));
        Instant bought = signedUp.plusSeconds(40 + random.nextInt(200));
        if (random.nextInt(2) > 0 || signedUp.isAfter(now)) {
            return;
        }
        lead.ifPresent(path -> at(signedUp, () -> convert(signedUp, Kind.LEAD, dialect, path, customer)));
        if (random.nextInt(2) > 0 && !bought.isAfter(now)) {
            sale.ifPresent(path -> at(bought, () -> convert(bought, Kind.SALE, dialect, path, customer)));
        }
    }

    /** One call in six is in some trouble, and does not count. */
    private void convert(Instant at, Kind kind, Dialect dialect, String path, Subject subject) {
        String click = String.valueOf(subject.clickId());
        switch (random.nextInt(18)) {
            case 0 -> tell(at, dialect, "POST", path, 503, Verdict.FAULT, "ordered: status 503", Subject.NOBODY);
            case 1 -> tell(at, dialect, "POST", path, 401, Verdict.UNAUTHORIZED, "the key is unknown", subject);
            case 2 -> tell(at, dialect, "POST", path, 400, Verdict.REJECTED, "the click id is missing", subject);
            default -> {
                Click known = ledger.find(dialect.name(), click).orElseThrow();
                Conversion.Receipt receipt = ledger.count(new Conversion(kind, known, null, null), at);
                tell(at, dialect, "POST", path, 200, receipt.verdict(), receipt.why(), subject);
                if (random.nextInt(12) == 0) {
                    Conversion.Receipt again = new Conversion.Receipt(receipt.conversion(), receipt.id(), false);
                    tell(at, dialect, "POST", path, 200, again.verdict(), again.why(), subject);
                }
            }
        }
    }

    private static Optional<String> takes(Dialect dialect, String... words) {
        return dialect.endpoints().stream()
                .map(Endpoint::path)
                .filter(path -> List.of(words).stream().anyMatch(path::contains))
                .findFirst();
    }

    private void at(Instant at, Runnable event) {
        moments.add(new Moment(at, event));
    }

    private void tell(
            Instant at,
            Dialect dialect,
            String method,
            String path,
            int status,
            Verdict verdict,
            String why,
            Subject who) {
        feed.add(at, dialect.name(), method, path, status, verdict, why, who);
    }

    private record Moment(Instant at, Runnable event) {}
}
