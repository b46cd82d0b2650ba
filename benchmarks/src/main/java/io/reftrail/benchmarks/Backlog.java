package io.reftrail.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.samples.demo.JavaProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run backlog}: a million leads wait on PostgreSQL after a long outage. Measures what another lead costs
 * compared with an empty table, and how fast a process with a small heap sends them all.
 */
public final class Backlog {

    private static final Map<String, String> OPTIONS =
            Map.of("leads", "1000000", "drain", "1000000", "rounds", "10", "seconds", "2", "heap", "128m");

    private static final String EMPTY = "an empty table";
    private static final String FULL = "one with the backlog";
    private static final int THREADS = 8;

    private Backlog() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("backlog", arguments, OPTIONS, Backlog::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        try (PostgreSql postgreSql = PostgreSql.start(directory)) {
            postgreSql.create("usual");
            postgreSql.create("outage");
            enqueue(options, postgreSql);
            drain(options, postgreSql, directory);
            return true;
        }
    }

    private static void enqueue(Benchmark.Options options, PostgreSql postgreSql) throws Exception {
        try (HikariDataSource usual = PostgreSql.pool(postgreSql.jdbcUrl("usual"), THREADS);
                HikariDataSource outage = PostgreSql.pool(postgreSql.jdbcUrl("outage"), THREADS);
                JdbcOutbox empty = JdbcOutbox.on(usual).createSchema(true).open();
                JdbcOutbox full = JdbcOutbox.on(outage).createSchema(true).open()) {
            fill(full, outage, options.number("leads"));
            Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
            measurements.put(EMPTY, () -> {
                PostgreSql.execute(usual, "TRUNCATE reftrail_event", "CHECKPOINT");
                return enqueue(options, empty);
            });
            measurements.put(FULL, () -> enqueue(options, full));
            Rounds rounds = Rounds.run(2, options.number("rounds"), measurements);
            System.out.println(
                    rounds.table("enqueued into, %,d waiting".formatted(options.number("leads")), "leads/s"));
            System.out.printf(
                    "with the backlog, an enqueue costs %s times as much%n%n", Table.ratio(rounds.ratio(EMPTY, FULL)));
        }
    }

    private static double enqueue(Benchmark.Options options, JdbcOutbox outbox) throws Exception {
        return Threads.perSecond(
                THREADS,
                options.number("seconds"),
                () -> outbox.enqueue(StubBackend.lead(UUID.randomUUID().toString())));
    }

    /** Copies one lead, with other customers and keys, one for each of the last milliseconds. */
    static void fill(JdbcOutbox outbox, DataSource dataSource, int leads) throws SQLException {
        String model = "model-customer";
        outbox.enqueue(StubBackend.lead(model));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement copy = connection.prepareStatement("""
                        INSERT INTO reftrail_event
                            (id, backend, customer, follows, attribution, payload, occurred_at, enqueued_at, due_at)
                        SELECT decode(md5(gen_random_uuid()::text), 'hex'), backend,
                            decode(md5(gen_random_uuid()::text), 'hex'), follows,
                            replace(attribution, ?, 'customer-' || n), replace(payload, ?, 'customer-' || n),
                            occurred_at, enqueued_at - ? + n, due_at - ? + n
                        FROM reftrail_event, generate_series(1, ?) n""")) {
            copy.setString(1, model);
            copy.setString(2, model);
            copy.setInt(3, leads);
            copy.setInt(4, leads);
            copy.setInt(5, leads - 1);
            copy.executeUpdate();
        }
        PostgreSql.execute(dataSource, "VACUUM ANALYZE reftrail_event", "CHECKPOINT");
    }

    private static void drain(Benchmark.Options options, PostgreSql postgreSql, Path directory)
            throws IOException, InterruptedException {
        try (StubBackend.Endpoint endpoint = StubBackend.Endpoint.start(directory);
                JavaProcess process = JavaProcess.start(
                        DrainProcess.class.getName(),
                        List.of("-Xmx" + options.text("heap")),
                        directory.resolve("drain.log"),
                        List.of(postgreSql.jdbcUrl("outage"), endpoint.uri().toString(), options.text("drain")))) {
            String[] words = process.readLine().split(" ", -1);
            if (process.await() != 0) {
                throw new IOException("the draining process has failed, see drain.log");
            }
            double seconds = Long.parseLong(words[0]) / 1e9;
            System.out.println(new Table("a process with -Xmx" + options.text("heap"), "")
                    .row("sent", options.number("drain"))
                    .row("seconds", seconds)
                    .row("leads/s", options.number("drain") / seconds)
                    .row("peak heap, MB, garbage included", Long.parseLong(words[1]) / 1_000_000)
                    .row("peak resident memory, MB", Long.parseLong(words[2]) / 1_000));
        }
    }

    /** The process with the small heap. */
    static final class DrainProcess {

        private static final DeliverySettings DELIVERY =
                new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 32, Duration.ofSeconds(5));

        private DrainProcess() {}

        /**
         * Delivers leads, then prints the nanoseconds, the peak heap in bytes (an upper bound, because the pools need not have
         * peaked together), and the peak resident memory in kB. Arguments: the database, the endpoint, the number of leads.
         */
        public static void main(String[] arguments) throws InterruptedException, IOException {
            CountDownLatch left = new CountDownLatch(Integer.parseInt(arguments[2]));
            long start = System.nanoTime();
            try (HikariDataSource pool = PostgreSql.pool(arguments[0], 4);
                    JdbcOutbox outbox = JdbcOutbox.on(pool).open()) {
                StubBackend.Delivery delivery =
                        new StubBackend.Delivery(outbox, URI.create(arguments[1]), DELIVERY, left::countDown);
                try (delivery) {
                    left.await();
                    long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(each -> each.getType() == MemoryType.HEAP)
                            .mapToLong(each -> each.getPeakUsage().getUsed())
                            .sum();
                    String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .findFirst()
                            .orElse("0");
                    System.out.println((System.nanoTime() - start) + " " + heap + " " + resident);
                }
            }
        }
    }
}
