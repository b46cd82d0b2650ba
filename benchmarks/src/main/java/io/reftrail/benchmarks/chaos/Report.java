package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.Table;
import java.util.function.Function;

/** Prints what the run comes to. */
final class Report {

    private final TrialResult result;

    Report(TrialResult result) {
        this.result = result;
    }

    private Table both(Table table, String what, Function<Findings, Object> figure) {
        return table.row(what, figure.apply(result.direct()), figure.apply(result.exchanged()));
    }

    void print(Turmoil turmoil, int unluckiestDirect, int unluckiestExchanged) {
        printFindings(unluckiestDirect, unluckiestExchanged);
        printExchange();
        printOrdeal(turmoil);
        print(Vendor.REFPORT, result.direct());
        print(Vendor.AFFONSO, result.exchanged());
    }

    private void printFindings(int unluckiestDirect, int unluckiestExchanged) {
        Table table = new Table("what", "Refport", "Affonso");
        both(table, "signed up", findings -> findings.signedUp().size());
        both(table, "rolled back", Findings::rolledBack);
        both(table, "rolled back and yet in the table", findings -> findings.wronglyCommitted()
                .size());
        both(table, "lost", findings -> findings.lost().size());
        both(table, "invented", findings -> findings.invented().size());
        both(table, "counted twice by the backend", findings -> findings.doubled()
                .size());
        both(table, "credited to somebody else", findings -> findings.miscredited()
                .size());
        both(table, "ignored or refused", findings -> findings.turnedDown().size());
        both(table, "dead", Findings::dead);
        both(table, "still in the outbox", findings -> findings.undelivered().size());
        both(table, "recorded and still waiting", findings -> findings.recordedAndWaiting()
                .size());
        both(table, "waiting, as the outbox counts", Findings::depth);
        both(table, "sent twice, recognised by the backend", Findings::duplicates);
        table.row("failed attempts of the unluckiest event", unluckiestDirect, unluckiestExchanged);
        System.out.println(table);
    }

    private void printExchange() {
        Exchange exchange = result.exchange();
        System.out.println(new Table("a partner's code becomes a click id", "count")
                .row("customers who came, rolled back or not", exchange.customers())
                .row("landings that a node has seen", exchange.landings())
                .row("clicks made at Affonso", exchange.clicks())
                .row("more than customers", exchange.more())
                .row("more than landings, and leads sent twice", result.repetitions())
                .row("leads whose click id the visitor had brought home", exchange.broughtHome())
                .row("leads that waited for their click", exchange.waited()));
        if (!exchange.isTried()) {
            System.out.println("one of the two ways from a click to its lead was not tried");
        }
    }

    private void printOrdeal(Turmoil turmoil) {
        Ordeal ordeal = result.direct().ordeal();
        System.out.println(new Table("what went wrong", "count")
                .row("replies in doubt", ordeal.repliesInDoubt())
                .row("nodes killed", ordeal.kills())
                .row("crashes of the database", ordeal.databaseCrashed() ? 1 : 0)
                .row("other troubles", turmoil.strikes())
                .row("so sent twice at most, for each vendor", ordeal.mostDuplicates()));
        if (!ordeal.needsCrash()) {
            System.out.printf("fewer than %d customers: no crash of the database needed%n", Ordeal.ENOUGH_FOR_A_CRASH);
        }
        if (!ordeal.isHard()) {
            System.out.println("too little went wrong for this to mean anything");
        }
    }

    private static void print(Vendor vendor, Findings findings) {
        System.out.printf(
                "from sign-up to %s: half within %.2f s, 99 %% within %.1f s, the longest %.1f s%n",
                vendor.backend(), findings.secondsAt(50), findings.secondsAt(99), findings.secondsAt(100));
    }
}
