package io.reftrail.benchmarks.enqueue;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.Turns;
import io.reftrail.benchmarks.peer.SchedulerTable;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run enqueue}: sign-ups in a second on PostgreSQL, alone, with a lead of ours in the same transaction,
 * and with a task of db-scheduler in it. The contenders take turns, on tables of equal size.
 */
public final class Enqueue {

    private static final Map<String, String> OPTIONS =
            Map.of("threads", "8", "warm-ups", "1", "rounds", "10", "seconds", "2");

    private Enqueue() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("enqueue", arguments, OPTIONS, Enqueue::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        int threads = options.number("threads");
        JdbcUnitOfWork transaction = new JdbcUnitOfWork();
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                HikariDataSource pool = postgreSql.pool(threads + 2);
                JdbcOutbox outbox = JdbcOutbox.on(pool)
                        .unitOfWork(transaction)
                        .createSchema(true)
                        .open()) {
            SignUps.createTable(pool);
            SchedulerTable.create(pool);
            Map<String, Companion> contenders = new LinkedHashMap<>();
            contenders.put("business only", Companion.NONE);
            contenders.put("and a bare SELECT", new RoundTrip(transaction));
            contenders.put("and a lead in our outbox", new OutboxCompanion(outbox));
            contenders.put(
                    "and scheduleIfNotExists of db-scheduler",
                    new SchedulerCompanion(new JoinedDataSource(transaction, pool)));
            measure(options, pool, new SignUps(pool, transaction, threads, false), "one INSERT", contenders);
            measure(options, pool, new SignUps(pool, transaction, threads, true), "a look-up, two INSERTs", contenders);
            return true;
        }
    }

    private static void measure(
            Options options, DataSource pool, SignUps signUps, String business, Map<String, Companion> contenders)
            throws Exception {
        Map<String, Turns.Turn> turns = new LinkedHashMap<>();
        contenders.forEach((name, companion) -> turns.put(name, () -> {
            empty(pool);
            return signUps.perSecond(companion, options.number("seconds"));
        }));
        Turns measured = Turns.take(options.number("warm-ups"), options.number("rounds"), turns);
        System.out.println(measured.table(options.number("threads") + " threads, " + business, "tx/s"));
    }

    private static void empty(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE customer, customer_role, scheduled_tasks, reftrail_event");
            statement.execute("CHECKPOINT");
        }
    }
}
