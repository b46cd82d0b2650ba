package io.reftrail.benchmarks;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.DbScheduler.TextSerializer;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * {@code benchmarks/run enqueue}: sign-ups in a second on PostgreSQL. A sign-up alone is compared with one that enqueues a
 * lead in the same transaction, and with one that schedules a task of db-scheduler in it. Then a lead is sent at once, and one whose
 * vendor hangs. Tables are emptied before each turn.
 */
public final class Enqueue {

    private static final Map<String, String> OPTIONS =
            Map.of("threads", "8", "warm-ups", "1", "rounds", "10", "seconds", "2");

    private static final int SIGN_UPS_A_SECOND = 100;

    private final Benchmark.Options options;
    private final DataSource pool;
    private final JdbcUnitOfWork transaction;
    private final Map<String, Companion> contenders = new LinkedHashMap<>();

    private Enqueue(Benchmark.Options options, DataSource pool, JdbcUnitOfWork transaction, JdbcOutbox outbox) {
        this.options = options;
        this.pool = pool;
        this.transaction = transaction;
        OneTimeTask<String> task = Tasks.oneTime("lead", String.class).execute((instance, context) -> {});
        SchedulerClient scheduler = SchedulerClient.Builder.create(new TransactionDataSource(transaction, pool), task)
                .serializer(new TextSerializer())
                .build();
        contenders.put("business only", (connection, customer) -> {});
        contenders.put("and a bare SELECT", (connection, customer) -> execute(connection, "SELECT ?", customer));
        contenders.put(
                "and a lead in our outbox", (connection, customer) -> outbox.enqueue(StubBackend.lead(customer)));
        contenders.put(
                "and scheduleIfNotExists of db-scheduler",
                (connection, customer) -> scheduler.scheduleIfNotExists(
                        task.instance(customer, StubBackend.body(customer)), Instant.now()));
    }

    /** What a contender adds to the transaction of a sign-up, which is the current thread's. */
    @FunctionalInterface
    private interface Companion {
        void accompany(Connection connection, String customer) throws SQLException;
    }

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("enqueue", arguments, OPTIONS, Enqueue::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        JdbcUnitOfWork transaction = new JdbcUnitOfWork();
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                HikariDataSource pool = postgreSql.pool(options.number("threads") + 2);
                JdbcOutbox outbox = JdbcOutbox.on(pool)
                        .unitOfWork(transaction)
                        .createSchema(true)
                        .open()) {
            DbScheduler.createTable(pool);
            PostgreSql.execute(
                    pool,
                    """
                    CREATE TABLE customer (id TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL,
                        created_at TIMESTAMPTZ NOT NULL DEFAULT now())""",
                    "CREATE TABLE customer_role (customer TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (customer, role))");
            Enqueue enqueue = new Enqueue(options, pool, transaction, outbox);
            enqueue.compare("one INSERT", false);
            enqueue.compare("a look-up, two INSERTs", true);
            enqueue.compareDelivery(outbox, directory);
            return true;
        }
    }

    /** @param usual whether the sign-up looks its address up and inserts a role, as most do */
    private void compare(String business, boolean usual) throws Exception {
        Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
        contenders.forEach((name, companion) -> measurements.put(name, () -> {
            PostgreSql.execute(pool, "TRUNCATE customer, customer_role, scheduled_tasks, reftrail_event", "CHECKPOINT");
            return Threads.perSecond(
                    options.number("threads"), options.number("seconds"), () -> signUp(companion, usual));
        }));
        Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), measurements);
        System.out.println(rounds.table(options.number("threads") + " threads, " + business, "tx/s"));
    }

    /** Customers sign up now and then while their leads are sent, or wait because the vendor does not answer. */
    private void compareDelivery(JdbcOutbox outbox, Path directory) throws Exception {
        Companion lead = (connection, customer) -> outbox.enqueue(StubBackend.lead(customer));
        try (StubBackend.Endpoint answering = StubBackend.Endpoint.start(directory);
                ServerSocket hanging = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            URI silent = URI.create("http://127.0.0.1:" + hanging.getLocalPort() + StubBackend.PATH);
            Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
            measurements.put("the vendor hangs", () -> signUpsDuringDelivery(lead, outbox, silent));
            measurements.put("the vendor answers", () -> signUpsDuringDelivery(lead, outbox, answering.uri()));
            Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), measurements);
            System.out.println(rounds.table(
                    SIGN_UPS_A_SECOND + " sign-ups in a second, a look-up, two INSERTs and a lead",
                    "in a second, by the median"));
        }
    }

    private double signUpsDuringDelivery(Companion companion, JdbcOutbox outbox, URI vendor) throws Exception {
        PostgreSql.execute(pool, "TRUNCATE customer, customer_role, reftrail_event", "CHECKPOINT");
        DeliverySettings settings =
                new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 8, Duration.ZERO);
        StubBackend.Delivery delivery = new StubBackend.Delivery(outbox, vendor, settings, () -> {});
        try (delivery) {
            List<Double> nanos = new ArrayList<>();
            long start = System.nanoTime();
            for (int signUp = 0; signUp < options.number("seconds") * SIGN_UPS_A_SECOND; signUp++) {
                LockSupport.parkNanos(start + signUp * 1_000_000_000L / SIGN_UPS_A_SECOND - System.nanoTime());
                long before = System.nanoTime();
                signUp(companion, true);
                nanos.add((double) (System.nanoTime() - before));
            }
            return 1e9 / Rounds.median(nanos);
        }
    }

    private void signUp(Companion companion, boolean usual) throws SQLException {
        String customer = UUID.randomUUID().toString();
        try (Connection connection = pool.getConnection()) {
            transaction.run(connection, () -> {
                if (usual) {
                    execute(connection, "SELECT id FROM customer WHERE id = ?", customer);
                }
                execute(
                        connection,
                        "INSERT INTO customer (id, email, name) VALUES (?, ?, ?)",
                        customer,
                        customer + "@example.org",
                        "Kim Example");
                if (usual) {
                    execute(connection, "INSERT INTO customer_role (customer, role) VALUES (?, 'USER')", customer);
                }
                companion.accompany(connection, customer);
            });
        }
    }

    private static void execute(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    /** Lets db-scheduler, which only knows data sources, take part in the current thread's transaction. */
    private static final class TransactionDataSource extends AbstractDataSource {

        private final JdbcUnitOfWork transaction;
        private final DataSource otherwise;

        TransactionDataSource(JdbcUnitOfWork transaction, DataSource otherwise) {
            this.transaction = transaction;
            this.otherwise = otherwise;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection joined = transaction.connection();
            return joined == null ? otherwise.getConnection() : withoutClose(joined);
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        private static Connection withoutClose(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    TransactionDataSource.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            return null;
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failure) {
                            throw failure.getTargetException();
                        }
                    });
        }
    }
}
