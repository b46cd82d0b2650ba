package io.reftrail.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** A PostgreSQL server on a free port, with durable commits. It can crash and restart on the same data. */
public final class PostgreSql implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;
    private final String sharedBuffers;
    private final int port;
    private EmbeddedPostgres server;

    private PostgreSql(Path directory, String sharedBuffers) throws IOException {
        this.directory = directory;
        this.sharedBuffers = sharedBuffers;
        this.server = launch(0);
        this.port = server.getPort();
    }

    /** Starts a server with empty databases. */
    public static PostgreSql start(Path directory) throws IOException, SQLException {
        return start(directory, "256MB");
    }

    /**
     * Starts a server with empty databases.
     *
     * @param sharedBuffers the server's own cache, such as {@code 6GB}
     */
    static PostgreSql start(Path directory, String sharedBuffers) throws IOException, SQLException {
        PostgreSql postgreSql = new PostgreSql(directory, sharedBuffers);
        postgreSql.requireDurableCommits();
        return postgreSql;
    }

    private EmbeddedPostgres launch(int onPort) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgresql"))
                .setOverrideWorkingDirectory(
                        directory.resolveSibling("postgresql-binaries").toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", sharedBuffers)
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("maintenance_work_mem", "1GB")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("postgresql.log").toFile()));
        return (onPort == 0 ? builder : builder.setPort(onPort)).start();
    }

    private void requireDurableCommits() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('fsync'), current_setting('synchronous_commit')")) {
            row.next();
            if (!row.getString(1).equals("on") || !row.getString(2).equals("on")) {
                throw new IllegalStateException("PostgreSQL would lose commits in a crash");
            }
        }
    }

    /** Creates a database. */
    public void create(String database) throws SQLException {
        execute(server.getPostgresDatabase(), "CREATE DATABASE " + database);
    }

    /** Executes statements, each in a transaction of its own. */
    public static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the JDBC URL of a database; the first one is called {@code postgres}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    /** Returns a new pool of connections to the database {@code postgres}. */
    public HikariDataSource pool(int size) {
        return pool(jdbcUrl("postgres"), size);
    }

    /** Returns a new pool of connections to a database. */
    public static HikariDataSource pool(String jdbcUrl, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /**
     * What the server does, counted from its start or for one event.
     *
     * @param logBytes bytes of the write-ahead log
     * @param flushes times that it waited for the disk
     * @param transactions transactions of all databases
     * @param processorNanos the time of its processes
     */
    public record Work(double logBytes, double flushes, double transactions, double processorNanos) {

        /** Returns the work for each event since an earlier moment. */
        public Work since(Work earlier, int events) {
            return new Work(
                    (logBytes - earlier.logBytes) / events,
                    (flushes - earlier.flushes) / events,
                    (transactions - earlier.transactions) / events,
                    (processorNanos - earlier.processorNanos) / events);
        }
    }

    /** Returns the work since the start. Connections that are open count up to their last report, which is a second old at most. */
    public Work work() throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0'),
                            (SELECT wal_sync FROM pg_stat_wal),
                            (SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database)""")) {
            row.next();
            return new Work(
                    row.getDouble(1), row.getDouble(2), row.getDouble(3), GrownDatabase.processorTime(postmaster()));
        }
    }

    /** Returns the server's first process, which is the parent of a process for each connection. */
    ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(directory.resolve("postgresql/postmaster.pid"))
                .get(0)
                .strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** Makes the server crash, and starts it again on the same data and port. It then recovers from its write-ahead log. */
    public void crashAndRestart() throws IOException, InterruptedException {
        ProcessHandle postmaster = postmaster();
        // SIGQUIT is PostgreSQL's immediate shutdown.
        new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster.pid()))
                .start()
                .waitFor();
        try {
            postmaster.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("PostgreSQL does not end", failure);
        }
        server.close();
        server = launch(port);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
