package io.reftrail.benchmarks.drain;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PlainClient;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.StubServer;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.Turns;
import io.reftrail.benchmarks.peer.SchedulerTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run drain}: waiting leads that are sent in a second, one call for each, to a server in another process:
 * ours, db-scheduler's tasks with the same HTTP client, and that client alone.
 */
public final class Drain {

    private static final Map<String, String> OPTIONS =
            Map.of("threads", "32", "leads", "30000", "warm-ups", "2", "rounds", "5");

    private Drain() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("drain", arguments, OPTIONS, Drain::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        int threads = options.number("threads");
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                StubServer server = StubServer.start(directory);
                PlainClient client = new PlainClient(server.uri(), threads);
                HikariDataSource pool = postgreSql.pool(threads)) {
            SchedulerTable.create(pool);
            List<Contender> contenders = List.of(
                    new ClientAlone(client, threads),
                    new OutboxContender(pool, server.uri(), threads),
                    new SchedulerContender(pool, client, threads));
            Map<String, Turns.Turn> turns = new LinkedHashMap<>();
            for (Contender contender : contenders) {
                turns.put(contender.name(), () -> perSecond(contender, options.number("leads"), pool));
            }
            Turns measured = Turns.take(options.number("warm-ups"), options.number("rounds"), turns);
            System.out.println(measured.table("sending included", "leads/s"));
            String ours = contenders.get(1).name();
            String peer = contenders.get(2).name();
            System.out.printf("%s sends %s times as fast as %s%n", ours, Table.ratio(measured.ratio(ours, peer)), peer);
            return true;
        }
    }

    private static double perSecond(Contender contender, int leads, DataSource dataSource) throws Exception {
        contender.fill(
                Stream.generate(() -> UUID.randomUUID().toString()).limit(leads).toList());
        settle(dataSource);
        return leads / (contender.drain() / 1e9);
    }

    /** What filling has left to do for the database is not part of the measurement. */
    private static void settle(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }
}
