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

/**
 * A PostgreSQL server of our own, on a free port, which writes a commit to the disk before it says so. Can crash and come
 * back with its data.
 */
public final class PostgreSql implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    private PostgreSql(Path directory) throws IOException {
        this.directory = directory;
        this.server = launch(0);
        this.port = server.getPort();
    }

    /** Starts a server without any data. */
    public static PostgreSql start(Path directory) throws IOException, SQLException {
        PostgreSql postgreSql = new PostgreSql(directory);
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
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
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

    /** Makes a database. */
    public void create(String database) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    /** Returns a new pool of connections to the database {@code postgres}. */
    public HikariDataSource pool(int size) {
        return pool("postgres", size);
    }

    /** Returns a new pool of connections to a database. */
    public HikariDataSource pool(String database, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl(database));
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /** Ends the server without any goodbye and starts it again on the same data and port. */
    public void crashAndRestart() throws IOException, InterruptedException {
        ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        signal("QUIT", postmaster.pid());
        try {
            postmaster.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("PostgreSQL does not end", failure);
        }
        server.close();
        server = launch(port);
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("postgresql/postmaster.pid"))
                .get(0)
                .strip());
    }

    /** QUIT is PostgreSQL's immediate shutdown: it recovers from its log at the next start, as after a crash. */
    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
