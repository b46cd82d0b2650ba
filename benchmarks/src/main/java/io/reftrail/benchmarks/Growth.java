package io.reftrail.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.model.Attribution;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Payment;
import io.reftrail.model.Sale;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run growth}: a table with a million settled events and 50,000 dead ones. Measures how long erasing a customer,
 * removing old events and an operator's questions take, the slowest sign-up meanwhile, and what the indexes for this cost an
 * enqueue. Fails if a sign-up is refused.
 */
public final class Growth {

    private static final Map<String, String> OPTIONS =
            Map.of("rows", "1000000", "sales", "60", "rounds", "10", "leads", "10000");

    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final int DEAD = 50_000;

    private static final int THREADS = 8;

    private static final List<String> INDEXES = List.of("customer", "follows", "dead", "settled", "clicks");

    private static final String WITHOUT = "without the indexes";
    private static final String WITH = "with them";

    private Growth() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("growth", arguments, OPTIONS, Growth::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        boolean refused = sqlite(options, directory);
        try (PostgreSql postgreSql = PostgreSql.start(directory)) {
            postgreSql.create("grown");
            try (HikariDataSource pool = PostgreSql.pool(postgreSql.jdbcUrl("grown"), THREADS);
                    JdbcOutbox outbox = JdbcOutbox.on(pool).createSchema(true).open()) {
                fill(pool.getConnection(), false, options.number("rows"));
                refused |= work("PostgreSQL", outbox, options);
            }
            cost(options, postgreSql);
        }
        return !refused;
    }

    private static boolean sqlite(Benchmark.Options options, Path directory) throws Exception {
        Path file = directory.resolve("grown.db");
        try (JdbcOutbox outbox = JdbcOutbox.embedded(file).open()) {
            fill(DriverManager.getConnection("jdbc:sqlite:" + file), true, options.number("rows"));
            return work("SQLite", outbox, options);
        }
    }

    /** Half of the rows are 6 months old, so that nothing but clicks is removed; every tenth is a click. */
    private static void fill(Connection connection, boolean sqlite, int rows) throws SQLException {
        String id = sqlite ? "randomblob(16)" : "decode(md5('%s' || n), 'hex')";
        String numbers = sqlite
                ? "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)"
                        .formatted(rows)
                : "WITH numbers AS (SELECT n FROM generate_series(1, %d) n)".formatted(rows);
        long now = Instant.now().toEpochMilli();
        long halfAYear = now - Duration.ofDays(180).toMillis();
        String insert =
                "INSERT INTO reftrail_event (id, backend, customer, follows, attribution, occurred_at, enqueued_at,"
                        + " due_at, attempts, verdict, reason, settled_at) ";
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(
                    insert + numbers + " SELECT " + id.formatted("e") + ", 'stub', CASE WHEN n % 10 = 0 THEN NULL ELSE "
                            + id.formatted("c") + " END, NULL, '{\"clickId\":\"c\"}', " + now + ", " + now
                            + ", NULL, 0, 'RECORDED',"
                            + " 'recorded', CASE WHEN n % 2 = 0 THEN " + halfAYear + " + n ELSE " + now
                            + " + n END FROM numbers");
            statement.execute(insert + numbers + " SELECT " + id.formatted("d") + ", 'stub', " + id.formatted("x")
                    + ", NULL, '{\"clickId\":\"c\"}', " + now + ", " + now + ", 253402300799999, 3, 'DEAD', 'refused', "
                    + now + " - n FROM numbers WHERE n <= " + DEAD);
            statement.execute("ANALYZE");
        }
    }

    /** Returns whether a sign-up was refused. */
    private static boolean work(String store, JdbcOutbox outbox, Benchmark.Options options) throws Exception {
        sell(outbox, options.number("sales"));
        Table table = new Table(
                "%s, %,d rows".formatted(store, options.number("rows")),
                "ms",
                "slowest sign-up ms",
                "sign-ups",
                "refused");
        boolean refused = false;
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("erase a customer with %d sales".formatted(options.number("sales")), () -> outbox.forget("kim"));
        works.put("erase a customer who is not there", () -> outbox.forget("nobody"));
        works.put("remove a piece of old events", outbox::purge);
        works.put("remove all of them", () -> {
            while (outbox.purge() > 0) {
                Thread.onSpinWait();
            }
        });
        works.put("list 100 dead events", () -> outbox.dead(100));
        works.put("count the backlog", () -> outbox.backlog("stub"));
        for (Map.Entry<String, Runnable> work : works.entrySet()) {
            SignUps signUps = SignUps.during(outbox, work.getValue());
            refused |= signUps.refused > 0;
            table.row(work.getKey(), signUps.work, signUps.slowest, signUps.accepted, signUps.refused);
        }
        System.out.println(table);
        return refused;
    }

    private static void sell(Outbox outbox, int sales) {
        outbox.enqueue(StubBackend.lead("kim"));
        Attribution attribution = new Attribution(StubBackend.NAME, "click", null);
        for (int sale = 0; sale < sales; sale++) {
            Payment payment = Payment.of("kim", "invoice-" + sale, Money.of(BigDecimal.TEN, "EUR"));
            outbox.enqueue(Sale.of(attribution, payment, "Sign Up", Instant.now()));
        }
        for (List<Claim> claims = outbox.claim(StubBackend.NAME, 100, LEASE);
                !claims.isEmpty();
                claims = outbox.claim(StubBackend.NAME, 100, LEASE)) {
            claims.forEach(claim -> outbox.settle(claim, new Settlement.Done(Outcome.recorded())));
        }
    }

    /** Sign-ups of two threads while something else is done. */
    private record SignUps(double work, double slowest, int accepted, int refused) {

        static SignUps during(Outbox outbox, Runnable work) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            AtomicBoolean done = new AtomicBoolean();
            try {
                List<Future<SignUps>> signingUp = new ArrayList<>();
                for (int thread = 0; thread < 2; thread++) {
                    signingUp.add(threads.submit(() -> until(done, outbox)));
                }
                long start = System.nanoTime();
                work.run();
                double millis = (System.nanoTime() - start) / 1e6;
                done.set(true);
                SignUps one = signingUp.get(0).get();
                SignUps other = signingUp.get(1).get();
                return new SignUps(
                        millis,
                        Math.max(one.slowest, other.slowest),
                        one.accepted + other.accepted,
                        one.refused + other.refused);
            } finally {
                threads.shutdownNow();
            }
        }

        private static SignUps until(AtomicBoolean done, Outbox outbox) {
            long slowest = 0;
            int accepted = 0;
            int refused = 0;
            do {
                long start = System.nanoTime();
                try {
                    outbox.enqueue(StubBackend.lead(UUID.randomUUID().toString()));
                    accepted++;
                } catch (OutboxException failure) {
                    refused++;
                }
                slowest = Math.max(slowest, System.nanoTime() - start);
            } while (!done.get());
            return new SignUps(0, slowest / 1e6, accepted, refused);
        }
    }

    /**
     * Compares processor time, of the client's thread and the server's process, which other work on the machine does not change.
     * The wait for the disk, which is the larger part of an enqueue and the same for both, is left out.
     */
    private static void cost(Benchmark.Options options, PostgreSql postgreSql) throws Exception {
        createWithoutWaitForTheDisk(postgreSql, "without");
        createWithoutWaitForTheDisk(postgreSql, "indexed");
        try (HikariDataSource without = PostgreSql.pool(postgreSql.jdbcUrl("without"), 1);
                HikariDataSource indexed = PostgreSql.pool(postgreSql.jdbcUrl("indexed"), 1);
                JdbcOutbox plain = JdbcOutbox.on(without).createSchema(true).open();
                JdbcOutbox complete = JdbcOutbox.on(indexed).createSchema(true).open()) {
            for (String index : INDEXES) {
                PostgreSql.execute(without, "DROP INDEX reftrail_event_" + index);
            }
            int leads = options.number("leads");
            Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
            measurements.put(WITHOUT, () -> perProcessorSecond(without, plain, leads));
            measurements.put(WITH, () -> perProcessorSecond(indexed, complete, leads));
            Rounds rounds = Rounds.run(1, options.number("rounds"), measurements);
            System.out.println(rounds.table("enqueued", "leads per second of processor time"));
        }
    }

    private static void createWithoutWaitForTheDisk(PostgreSql postgreSql, String database) throws SQLException {
        postgreSql.create(database);
        try (HikariDataSource pool = PostgreSql.pool(postgreSql.jdbcUrl(database), 1)) {
            PostgreSql.execute(pool, "ALTER DATABASE " + database + " SET synchronous_commit TO off");
        }
    }

    private static double perProcessorSecond(DataSource database, Outbox outbox, int leads) throws Exception {
        PostgreSql.execute(database, "CHECKPOINT");
        Path server = Path.of("/proc/" + backend(database) + "/stat");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime() + processorTime(server);
        for (int lead = 0; lead < leads; lead++) {
            outbox.enqueue(StubBackend.lead(UUID.randomUUID().toString()));
        }
        return leads / ((threads.getCurrentThreadCpuTime() + processorTime(server) - before) / 1e9);
    }

    private static int backend(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Returns the processor time of a process in nanoseconds, which Linux counts in hundredths of a second. */
    private static long processorTime(Path stat) throws IOException {
        String[] fields = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000;
    }
}
