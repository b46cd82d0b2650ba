package io.reftrail.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.samples.demo.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run nodes}: 1, 2, 4 and 8 processes on one PostgreSQL. Measures how fast they send waiting leads together, what a
 * lead costs the database, and how many statements a process sends while no event waits. Fails if an idle process sends more than
 * one in a second.
 */
public final class Nodes {

    private static final Map<String, String> OPTIONS =
            Map.of("nodes", "1,2,4,8", "leads", "60000", "rounds", "3", "idle-seconds", "30");

    /** The test of a connection is an empty statement. */
    private static final Pattern STATEMENT = Pattern.compile("LOG:  (execute|statement: \\S)");

    private static final String DATABASE = "nodes";

    private Nodes() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("nodes", arguments, OPTIONS, Nodes::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        Table table = new Table(
                "nodes",
                "leads/s",
                "server, us of processor a lead",
                "nodes, us of processor a lead",
                "transactions a lead",
                "idle, statements/s a node");
        boolean quiet = true;
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                StubBackend.Endpoint endpoint = StubBackend.Endpoint.start(directory)) {
            postgreSql.create(DATABASE);
            try (HikariDataSource pool = PostgreSql.pool(postgreSql.jdbcUrl(DATABASE), 2);
                    JdbcOutbox outbox = JdbcOutbox.on(pool).createSchema(true).open()) {
                for (String nodes : options.text("nodes").split(",", -1)) {
                    try (Trial trial = new Trial(postgreSql, outbox, pool, directory)) {
                        trial.start(Integer.parseInt(nodes), postgreSql.jdbcUrl(DATABASE), endpoint.uri());
                        Result result = trial.run(options);
                        table.row(
                                nodes,
                                result.rate(),
                                result.processor(),
                                result.nodesProcessor(),
                                result.transactions(),
                                result.idle());
                        quiet &= result.idle() <= 1;
                    }
                }
            }
        }
        System.out.println(table);
        return quiet;
    }

    /**
     * The result for a number of nodes.
     *
     * @param rate leads in a second, of all nodes
     * @param processor microseconds of the server's processor time for each lead
     * @param nodesProcessor microseconds of the processor time of all nodes for each lead
     * @param transactions the transactions for each lead
     * @param idle the statements in a second, of one node without events
     */
    private record Result(double rate, double processor, double nodesProcessor, double transactions, double idle) {}

    /** Some nodes and their work. */
    private static final class Trial implements AutoCloseable {

        private final PostgreSql server;
        private final JdbcOutbox outbox;
        private final DataSource pool;
        private final Path directory;
        private final List<JavaProcess> nodes = new ArrayList<>();

        Trial(PostgreSql server, JdbcOutbox outbox, DataSource pool, Path directory) {
            this.server = server;
            this.outbox = outbox;
            this.pool = pool;
            this.directory = directory;
        }

        void start(int count, String jdbcUrl, URI endpoint) throws IOException {
            for (int node = 0; node < count; node++) {
                nodes.add(JavaProcess.start(
                        Node.class.getName(),
                        List.of("-Xmx128m", "-XX:+UseSerialGC"),
                        directory.resolve("node-" + count + "-" + node + ".log"),
                        List.of(jdbcUrl, endpoint.toString())));
            }
            for (JavaProcess node : nodes) {
                node.readLine();
            }
        }

        Result run(Benchmark.Options options) throws Exception {
            // Each process compiles its own code: with fewer leads, that is most of what is measured.
            for (int node = 0; node < nodes.size(); node++) {
                drain(options.number("leads"));
            }
            List<Double> rates = new ArrayList<>();
            long processor = GrownDatabase.processorTime(server.postmaster());
            long nodesProcessor = nodesProcessor();
            long transactions = transactions();
            for (int round = 0; round < options.number("rounds"); round++) {
                rates.add(drain(options.number("leads")));
            }
            double leads = options.number("leads") * (double) options.number("rounds");
            return new Result(
                    Rounds.median(rates),
                    (GrownDatabase.processorTime(server.postmaster()) - processor) / 1e3 / leads,
                    (nodesProcessor() - nodesProcessor) / 1e3 / leads,
                    (transactions() - transactions) / leads,
                    idle(options.number("idle-seconds")));
        }

        private long nodesProcessor() {
            return nodes.stream()
                    .map(node -> ProcessHandle.of(node.pid()).orElseThrow())
                    .mapToLong(GrownDatabase::processorTime)
                    .sum();
        }

        /** Fills the outbox while the nodes stand still, and returns how many leads they then send in a second. */
        private double drain(int leads) throws Exception {
            Backlog.fill(outbox, pool, leads);
            long start = System.nanoTime();
            tell("send");
            while (GrownDatabase.number(
                            pool,
                            "SELECT COUNT(*) FROM (SELECT 1 FROM reftrail_event WHERE due_at IS NOT NULL LIMIT 1) e")
                    > 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            double rate = leads * 1e9 / (System.nanoTime() - start);
            tell("stop");
            PostgreSql.execute(pool, "TRUNCATE reftrail_event");
            return rate;
        }

        private void tell(String command) throws IOException {
            for (JavaProcess node : nodes) {
                node.input().write(command + "\n");
                node.input().flush();
            }
            for (JavaProcess node : nodes) {
                node.readLine();
            }
        }

        private long transactions() throws SQLException {
            return GrownDatabase.number(
                    pool,
                    "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '" + DATABASE + "'");
        }

        /** Returns the statements of one node in a second by the server's log, without those by which a pool tests a connection. */
        private double idle(int seconds) throws Exception {
            tell("send");
            TimeUnit.SECONDS.sleep(3);
            PostgreSql.execute(pool, "ALTER SYSTEM SET log_statement TO 'all'", "SELECT pg_reload_conf()");
            TimeUnit.SECONDS.sleep(1);
            long before = logged();
            TimeUnit.SECONDS.sleep(seconds);
            long statements = logged() - before;
            PostgreSql.execute(pool, "ALTER SYSTEM RESET log_statement", "SELECT pg_reload_conf()");
            tell("stop");
            return statements / (double) seconds / nodes.size();
        }

        private long logged() throws IOException {
            try (Stream<String> lines = Files.lines(directory.resolve("postgresql.log"), StandardCharsets.ISO_8859_1)) {
                return lines.filter(line -> STATEMENT.matcher(line).find()).count();
            }
        }

        @Override
        public void close() {
            nodes.forEach(JavaProcess::close);
        }
    }

    /** A node of an application, which sends when it is told to. */
    static final class Node {

        private Node() {}

        /** Arguments: the database, the endpoint. Commands: {@code send} and {@code stop}, each answered with a line. */
        public static void main(String[] arguments) throws IOException {
            try (HikariDataSource pool = PostgreSql.pool(arguments[0], 4);
                    JdbcOutbox outbox = JdbcOutbox.on(pool).open();
                    BufferedReader commands =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                System.out.println("ready");
                while ("send".equals(commands.readLine())) {
                    URI endpoint = URI.create(arguments[1]);
                    StubBackend.Delivery delivery =
                            new StubBackend.Delivery(outbox, endpoint, DeliverySettings.DEFAULT, () -> {});
                    try (delivery) {
                        System.out.println("sends");
                        commands.readLine();
                    }
                    System.out.println("stopped");
                }
            }
        }
    }
}
