package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.RedactedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to an embedded SQLite file. SQLite has one writer at a time, so callers take turns, each waiting
 * {@link #PATIENCE} at most. A commit is on the disk before it returns ({@code synchronous=FULL}). After an error the
 * connection is opened anew. Other processes may use the same file.
 */
final class FileConnection implements OutboxConnections {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger logger = LoggerFactory.getLogger(FileConnection.class);

    private static final String DRIVER = "org.sqlite.JDBC";

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Path file;
    private final Driver driver;
    private @Nullable Connection open;
    private boolean closed;

    /** @throws InvalidSettingException if there is no driver, or the file's directory cannot be written */
    FileConnection(Path file) {
        this.file = file.toAbsolutePath();
        this.driver = driver();
        Path directory = this.file.getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
            if (directory == null || !Files.isWritable(directory) || Files.isDirectory(this.file)) {
                throw unwritable();
            }
        } catch (IOException failure) {
            logger.debug("The outbox's directory cannot be made", failure);
            throw unwritable();
        }
    }

    private InvalidSettingException unwritable() {
        return new InvalidSettingException(
                "outbox.directory",
                "leads cannot be kept in " + file + ", because it cannot be written",
                "Write the name of a directory that survives a restart and that the application may write to,"
                        + " or set {prefix}outbox.store to 'memory' if leads may be lost at a restart.",
                "outbox.store=memory");
    }

    private static Driver driver() {
        try {
            return Class.forName(DRIVER, true, FileConnection.class.getClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException missing) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "the embedded database is not on the class path",
                    "Add org.xerial:sqlite-jdbc, or set {prefix}outbox.store to 'memory' if leads may be lost at a restart.",
                    "outbox.store=memory");
        }
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws SQLException {
        await();
        try {
            Connection connection = connection();
            try {
                execute(connection, "BEGIN IMMEDIATE");
                T result = work.with(connection);
                execute(connection, "COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                discard();
                throw failure;
            }
        } finally {
            turn.unlock();
        }
    }

    /** By hand: with auto-commit off, the driver begins the next transaction at once and would shut other processes out. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void await() throws SQLException {
        try {
            if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTimeoutException("the embedded database is busy");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for the embedded database", interrupted);
        }
    }

    private Connection connection() throws SQLException {
        if (closed) {
            throw new SQLException("the embedded database is closed");
        }
        if (open == null) {
            Properties settings = new Properties();
            settings.setProperty("journal_mode", "WAL");
            settings.setProperty("synchronous", "FULL");
            settings.setProperty("busy_timeout", Long.toString(PATIENCE.toMillis()));
            Connection connection = driver.connect("jdbc:sqlite:" + file, settings);
            if (connection == null) {
                throw new SQLException("the embedded database has no driver");
            }
            execute(connection, "PRAGMA secure_delete = ON");
            open = connection;
        }
        return open;
    }

    /** The log keeps pages as they were until it is written back; then nothing of what was erased is left. */
    @Override
    public void tidyUp() throws SQLException {
        await();
        try {
            execute(connection(), "PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException failure) {
            discard();
            throw failure;
        } finally {
            turn.unlock();
        }
    }

    private void discard() {
        Connection broken = open;
        open = null;
        try {
            if (broken != null) {
                broken.close();
            }
        } catch (SQLException failure) {
            logger.debug("The embedded database could not be closed", RedactedFailure.of(failure));
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            discard();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
