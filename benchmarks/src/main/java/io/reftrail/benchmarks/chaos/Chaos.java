package io.reftrail.benchmarks.chaos;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * {@code benchmarks/run chaos}: customers sign up at three nodes on one PostgreSQL while nodes are killed, the database
 * crashes once, and the backend and the way to it break in every way that was heard of. Half of the customers come with a click id, and half with
 * a partner's code that is exchanged for one in the background. Fails unless in the end nothing is lost, invented or
 * doubled.
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
                Sandbox backend = Sandbox.start(directory, URI.create("http://localhost/"));
                FaultyProxy proxy = new FaultyProxy(backend.address())) {
            Database database = new Database(pool);
            database.createCustomerTable();
            try (Nodes nodes = Nodes.start(NODES, directory, postgreSql.jdbcUrl("postgres"), proxy.port())) {
                Turmoil turmoil = new Turmoil(
                        nodes, postgreSql, new Stall(pool), proxy, backend, new Random(options.number("seed")));
                Visitors visitors = new Visitors(backend, nodes);
                signUp(options, visitors, turmoil);
                double calmAfter = secondsSince(start);
                turmoil.end();
                database.awaitNothingWaiting(options.number("patience"));
                TrialResult result =
                        result(options.number("customers"), database, Feed.parse(backend.calls()), turmoil, visitors);
                new Report(result)
                        .print(turmoil, database.mostAttempts(Vendor.REFPORT), database.mostAttempts(Vendor.AFFONSO));
                System.out.printf("%.0f s, of which %.0f s in turmoil%n", secondsSince(start), calmAfter);
                return result.isGood();
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

    private static TrialResult result(int customers, Database database, Feed feed, Turmoil turmoil, Visitors visitors)
            throws SQLException {
        Ordeal ordeal = turmoil.ordeal(customers);
        Map<Vendor, Findings> findings = new EnumMap<>(Vendor.class);
        for (Vendor vendor : Vendor.values()) {
            findings.put(vendor, Findings.of(database.ledgers(vendor, customers, feed.ofCustomers(vendor)), ordeal));
        }
        Exchange exchange = new Exchange(
                (int) IntStream.rangeClosed(1, customers)
                        .filter(number -> Vendor.of(number).exchangesClicks())
                        .count(),
                visitors.landings(),
                feed.clicks(Vendor.AFFONSO),
                visitors.broughtHome(),
                visitors.waited());
        return new TrialResult(
                Objects.requireNonNull(findings.get(Vendor.REFPORT)),
                Objects.requireNonNull(findings.get(Vendor.AFFONSO)),
                exchange);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
