package io.reftrail.benchmarks.backlog;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.JavaProcess;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.StubServer;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.Turns;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run backlog}: a million leads wait on PostgreSQL. What does one more cost, compared with an empty
 * table, and how fast does a process with a small heap send them all when the backend is back?
 */
public final class Backlog {

    private static final Map<String, String> OPTIONS =
            Map.of("leads", "1000000", "drain", "1000000", "rounds", "10", "seconds", "2", "heap", "128m");

    private static final String EMPTY = "an empty table";
    private static final String FULL = "one with the backlog";

    private Backlog() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("backlog", arguments, OPTIONS, Backlog::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        try (PostgreSql postgreSql = PostgreSql.start(directory)) {
            postgreSql.create("usual");
            postgreSql.create("outage");
            enqueue(options, postgreSql);
            drain(options, postgreSql, directory);
            return true;
        }
    }

    private static void enqueue(Options options, PostgreSql postgreSql) throws Exception {
        try (HikariDataSource usual = postgreSql.pool("usual", 8);
                HikariDataSource outage = postgreSql.pool("outage", 8)) {
            Outage.leave(outage, options.number("leads"));
            try (JdbcOutbox empty = JdbcOutbox.on(usual).createSchema(true).open();
                    JdbcOutbox full = JdbcOutbox.on(outage).open()) {
                Map<String, Turns.Turn> turns = new LinkedHashMap<>();
                turns.put(EMPTY, () -> {
                    empty(usual);
                    return Enqueuers.perSecond(empty, options.number("seconds"));
                });
                turns.put(FULL, () -> Enqueuers.perSecond(full, options.number("seconds")));
                Turns measured = Turns.take(2, options.number("rounds"), turns);
                System.out.println(
                        measured.table("enqueued into, %,d waiting".formatted(options.number("leads")), "leads/s"));
                System.out.printf(
                        "with the backlog, an enqueue costs %s times as much%n%n",
                        Table.ratio(measured.ratio(EMPTY, FULL)));
            }
        }
    }

    private static void empty(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE reftrail_event");
            statement.execute("CHECKPOINT");
        }
    }

    private static void drain(Options options, PostgreSql postgreSql, Path directory)
            throws IOException, InterruptedException {
        try (StubServer server = StubServer.start(directory);
                JavaProcess drainer = JavaProcess.start(
                        Drainer.class.getName(),
                        List.of("-Xmx" + options.text("heap")),
                        directory,
                        "drainer.log",
                        List.of(postgreSql.jdbcUrl("outage"), server.uri().toString(), options.text("drain")))) {
            String line = drainer.output().readLine();
            if (line == null || drainer.await() != 0) {
                throw new IOException("the draining process has failed, see drainer.log");
            }
            String[] words = line.split(" ", -1);
            double seconds = Long.parseLong(words[0]) / 1e9;
            System.out.println(new Table("a process with -Xmx" + options.text("heap"), "")
                    .row("sent", options.number("drain"))
                    .row("seconds", seconds)
                    .row("leads/s", options.number("drain") / seconds)
                    .row("peak heap, MB, garbage included", Long.parseLong(words[1]) / 1_000_000)
                    .row("peak resident memory, MB", Long.parseLong(words[2]) / 1_000));
        }
    }
}
