package io.reftrail.benchmarks.enqueue;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.CallersTransaction;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.Statistics;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.peer.SchedulerTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run enqueue}: sign-ups in a second on PostgreSQL, alone, with a lead of ours in the same transaction,
 * and with a task of db-scheduler in it. The contenders take turns, on tables of equal size.
 */
public final class Enqueue {

    private static final Map<String, String> OPTIONS = Map.of("threads", "8", "rounds", "5", "seconds", "4");

    private Enqueue() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("enqueue", arguments, OPTIONS, Enqueue::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        int threads = options.number("threads");
        CallersTransaction transaction = new CallersTransaction();
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                HikariDataSource pool = postgreSql.pool(threads + 2)) {
            SignUps.createTable(pool);
            SchedulerTable.create(pool);
            Map<String, Companion> contenders = new LinkedHashMap<>();
            contenders.put("business insert only", Companion.NONE);
            contenders.put(
                    "db-scheduler, scheduleIfNotExists",
                    new SchedulerCompanion(new JoinedDataSource(transaction, pool)));
            Map<String, List<Double>> measured =
                    takeTurns(contenders, new SignUps(pool, transaction, threads), pool, options);
            print(measured);
            return true;
        }
    }

    /** The first turn of each warms up and counts for nothing. */
    private static Map<String, List<Double>> takeTurns(
            Map<String, Companion> contenders, SignUps signUps, DataSource dataSource, Options options)
            throws Exception {
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        for (int round = 0; round <= options.number("rounds"); round++) {
            for (Map.Entry<String, Companion> contender : contenders.entrySet()) {
                empty(dataSource);
                double perSecond = signUps.perSecond(contender.getValue(), options.number("seconds"));
                if (round > 0) {
                    measured.computeIfAbsent(contender.getKey(), absent -> new ArrayList<>())
                            .add(perSecond);
                }
            }
        }
        return measured;
    }

    private static void empty(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE customer, scheduled_tasks");
            statement.execute("CHECKPOINT");
        }
    }

    private static void print(Map<String, List<Double>> measured) {
        double alone = Statistics.median(measured.values().iterator().next());
        Table table = new Table("8 threads, one business row each", "tx/s", "of the first", "slowest", "fastest");
        measured.forEach((name, rounds) -> table.row(
                name,
                Statistics.median(rounds),
                Statistics.median(rounds) / alone,
                Statistics.percentile(rounds, 0),
                Statistics.percentile(rounds, 100)));
        System.out.println(table);
    }
}
