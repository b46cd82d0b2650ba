package io.reftrail.benchmarks.chaos;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.SandboxProcess;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.chaos.Findings.Exchange;
import io.reftrail.benchmarks.chaos.Findings.Ordeal;
import io.reftrail.benchmarks.chaos.Findings.Result;
import io.reftrail.benchmarks.chaos.Visitors.Vendor;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code benchmarks/run chaos}: customers sign up at three nodes on one PostgreSQL while nodes are killed, the database crashes
 * once, and the backend and the connections to it fail in many ways. Half of the customers come with a click id, half with a
 * partner's code that is exchanged for one in the background. Ends with 1 unless nothing is lost, invented or doubled.
 */
public final class Chaos {

    private static final Map<String, String> OPTIONS =
            Map.of("customers", "10000", "per-second", "120", "patience", "1200", "seed", "1");

    private static final int NODES = 3;

    private Chaos() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("chaos", arguments, OPTIONS, Chaos::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        int customers = options.number("customers");
        long start = System.nanoTime();
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                HikariDataSource pool = postgreSql.pool(2);
                SandboxProcess backend = SandboxProcess.start(directory, URI.create("http://localhost/"));
                FaultyProxy proxy = new FaultyProxy(backend.sandbox().address())) {
            Ledgers.createCustomerTable(pool);
            try (Nodes nodes = Nodes.start(NODES, directory, postgreSql.jdbcUrl("postgres"), proxy.port());
                    Visitors visitors = new Visitors(backend.sandbox(), nodes, customers)) {
                Turmoil turmoil = new Turmoil(
                        nodes, postgreSql, pool, proxy, backend.sandbox(), new Random(options.number("seed")));
                signUp(visitors, turmoil, customers, options.number("per-second"));
                double calmAfter = secondsSince(start);
                turmoil.end();
                Ledgers.awaitDelivery(pool, options.number("patience"));
                Result result = result(customers, pool, backend.sandbox().calls(), turmoil.ordeal(customers), visitors);
                print(result, turmoil.strikes(), pool);
                System.out.printf("%.0f s, of which %.0f s in turmoil%n", secondsSince(start), calmAfter);
                return result.isGood();
            }
        }
    }

    /** Starts a fault each second. The database crashes when half of the customers are answered. */
    private static void signUp(Visitors visitors, Turmoil turmoil, int customers, int perSecond) throws Exception {
        List<Future<?>> drivers = visitors.begin(perSecond);
        while (!drivers.stream().allMatch(Future::isDone)) {
            TimeUnit.SECONDS.sleep(1);
            turmoil.strike();
            if (visitors.done() > customers / 2) {
                turmoil.crashDatabase();
            }
            System.err.printf("\r%,d of %,d answered", visitors.done(), customers);
        }
        System.err.println();
        for (Future<?> driver : drivers) {
            driver.get();
        }
    }

    private static Result result(
            int customers, DataSource dataSource, List<JsonNode> feed, Ordeal ordeal, Visitors visitors)
            throws SQLException {
        int exchanged = (int) IntStream.rangeClosed(1, customers)
                .filter(number -> Vendor.of(number).exchangesClicks())
                .count();
        return new Result(
                Findings.of(Ledgers.read(dataSource, Vendor.REFPORT, customers, feed), ordeal),
                Findings.of(Ledgers.read(dataSource, Vendor.AFFONSO, customers, feed), ordeal),
                new Exchange(
                        exchanged,
                        visitors.landings(),
                        Ledgers.clicks(feed, Vendor.AFFONSO),
                        visitors.withClickId(),
                        visitors.withoutClickId()));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(Result result, int strikes, DataSource dataSource) throws SQLException {
        Table findings = new Table("what", "Refport", "Affonso");
        row(findings, "signed up", result, each -> size(each.signedUp()));
        row(findings, "rolled back", result, Findings::rolledBack);
        row(findings, "rolled back and yet in the table", result, each -> size(each.wronglyCommitted()));
        row(findings, "lost", result, each -> size(each.lost()));
        row(findings, "invented", result, each -> size(each.invented()));
        row(findings, "recorded twice by the backend", result, each -> size(each.doubled()));
        row(findings, "credited to another partner", result, each -> size(each.miscredited()));
        row(findings, "ignored or rejected", result, each -> size(each.turnedDown()));
        row(findings, "dead", result, Findings::dead);
        row(findings, "still in the outbox", result, each -> size(each.undelivered()));
        row(findings, "recorded and still waiting", result, each -> size(each.recordedAndWaiting()));
        row(findings, "waiting, as the outbox counts", result, Findings::depth);
        row(findings, "sent twice, recognised by the backend", result, Findings::duplicates);
        System.out.println(findings.row(
                "most failed attempts of an event",
                Ledgers.mostAttempts(dataSource, Vendor.REFPORT),
                Ledgers.mostAttempts(dataSource, Vendor.AFFONSO)));

        Exchange exchange = result.exchange();
        System.out.println(new Table("a partner's code becomes a click id", "count")
                .row("customers, rolled back or not", exchange.customers())
                .row("landings that a node has received", exchange.landings())
                .row("clicks recorded at Affonso", exchange.clicks())
                .row("more than customers", exchange.more())
                .row("more than landings, and leads sent twice", result.repetitions())
                .row("sign-ups with the click id in a cookie", exchange.withClickId())
                .row("sign-ups whose lead waited for the click", exchange.withoutClickId()));
        if (!exchange.isTried()) {
            System.out.println("one of the two ways from a click to its lead was not tried");
        }

        Ordeal ordeal = result.direct().ordeal();
        System.out.println(new Table("faults", "count")
                .row("replies in doubt", ordeal.repliesInDoubt())
                .row("nodes killed", ordeal.kills())
                .row("crashes of the database", ordeal.databaseCrashed() ? 1 : 0)
                .row("all faults", strikes)
                .row("so sent twice at most, for each vendor", ordeal.mostDuplicates()));
        if (!ordeal.needsCrash()) {
            System.out.printf("fewer than %d customers: no crash of the database needed%n", Ordeal.ENOUGH_FOR_A_CRASH);
        }
        if (!ordeal.isHard()) {
            System.out.println("too few faults for a result that means something");
        }
        printDelay("Refport", result.direct());
        printDelay("Affonso", result.exchanged());
    }

    private static int size(Collection<?> customers) {
        return customers.size();
    }

    private static void row(Table table, String title, Result result, Function<Findings, Number> figure) {
        table.row(title, figure.apply(result.direct()), figure.apply(result.exchanged()));
    }

    private static void printDelay(String vendor, Findings findings) {
        System.out.printf(
                "from sign-up to %s: half within %.2f s, 99 %% within %.1f s, the longest %.1f s%n",
                vendor, findings.secondsAt(50), findings.secondsAt(99), findings.secondsAt(100));
    }
}
