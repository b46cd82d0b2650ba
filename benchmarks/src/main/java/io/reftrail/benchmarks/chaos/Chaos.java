package io.reftrail.benchmarks.chaos;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.Table;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * {@code benchmarks/run chaos}: customers sign up at three nodes on one PostgreSQL while nodes are killed, the database
 * crashes once, and the backend and the way to it break in every way that was heard of. Fails unless in the end nothing is
 * lost, invented or doubled.
 */
public final class Chaos {

    private static final Map<String, String> OPTIONS =
            Map.of("customers", "10000", "per-second", "120", "patience", "300", "seed", "1");

    private static final int NODES = 3;

    private Chaos() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("chaos", arguments, OPTIONS, Chaos::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        long start = System.nanoTime();
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                HikariDataSource pool = postgreSql.pool(2);
                Backend backend = Backend.start(directory);
                FaultyProxy proxy = new FaultyProxy(backend.address())) {
            Database database = new Database(pool);
            database.createCustomerTable();
            try (Nodes nodes = Nodes.start(NODES, directory, postgreSql.jdbcUrl("postgres"), proxy.port())) {
                Turmoil turmoil = new Turmoil(nodes, postgreSql, proxy, backend, new Random(options.number("seed")));
                signUp(options, new Visitors(backend, nodes), turmoil);
                double calmAfter = secondsSince(start);
                turmoil.end();
                database.awaitNothingWaiting(options.number("patience"));
                int customers = options.number("customers");
                Ledgers ledgers = database.ledgers(customers, backend.calls());
                Findings findings = Findings.of(ledgers, turmoil.ordeal(customers));
                print(findings, ledgers, turmoil, database);
                System.out.printf("%.0f s, of which %.0f s in turmoil%n", secondsSince(start), calmAfter);
                return findings.isGood();
            }
        }
    }

    /** Something goes wrong once in a second; in the middle, the database crashes. */
    private static void signUp(Options options, Visitors visitors, Turmoil turmoil) throws Exception {
        int customers = options.number("customers");
        try (Rush rush = new Rush(visitors, customers, options.number("per-second"))) {
            List<Future<?>> drivers = rush.begin();
            while (!drivers.stream().allMatch(Future::isDone)) {
                TimeUnit.SECONDS.sleep(1);
                turmoil.strike();
                if (rush.done() > customers / 2) {
                    turmoil.crashDatabase();
                }
                System.err.printf("\r%,d of %,d answered", rush.done(), customers);
            }
            System.err.println();
            for (Future<?> driver : drivers) {
                driver.get();
            }
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(Findings findings, Ledgers ledgers, Turmoil turmoil, Database database)
            throws SQLException {
        Ordeal ordeal = findings.ordeal();
        Table table = new Table("what", "count")
                .row("signed up", ledgers.committed().size())
                .row("rolled back", ordeal.customers() - ledgers.expected().size())
                .row(
                        "rolled back and yet in the table",
                        findings.wronglyCommitted().size())
                .row("lost", findings.lost().size())
                .row("invented", findings.invented().size())
                .row("counted twice by the backend", findings.doubled().size())
                .row("sent twice, recognised by the backend", findings.duplicates())
                .row("at most, by replies in doubt and kills", ordeal.mostDuplicates())
                .row("still in the outbox", findings.undelivered().size())
                .row("recorded and still waiting", findings.recordedAndWaiting().size())
                .row("waiting, as the outbox counts", findings.depth())
                .row("dead", database.dead())
                .row("failed attempts of the unluckiest lead", database.mostAttempts())
                .row("replies in doubt", ordeal.repliesInDoubt())
                .row("nodes killed", ordeal.kills())
                .row("crashes of the database", ordeal.databaseCrashed() ? 1 : 0)
                .row("other troubles", turmoil.strikes());
        System.out.println(table);
        if (!ordeal.needsCrash()) {
            System.out.printf("fewer than %d customers: no crash of the database needed%n", Ordeal.ENOUGH_FOR_A_CRASH);
        }
        if (!ordeal.isHard()) {
            System.out.println("too little went wrong for this to mean anything");
        }
        System.out.printf(
                "from sign-up to backend: half within %.2f s, 99 %% within %.1f s, the longest %.1f s%n",
                findings.secondsAt(50), findings.secondsAt(99), findings.secondsAt(100));
    }
}
