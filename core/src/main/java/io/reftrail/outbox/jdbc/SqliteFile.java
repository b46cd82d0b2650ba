package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.RedactedFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to an embedded SQLite file: one that writes and one that reads. SQLite has one writer at a time, so writers
 * take turns and wait at most {@link #BUSY_TIMEOUT}; readers do not block writers. A commit is on the disk before it returns
 * ({@code synchronous=FULL}). After a failure the connection is opened anew. Other processes may use the same file.
 */
final class SqliteFile extends Connections {

    static final Duration BUSY_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMillis(200);

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    private static final String DRIVER = "org.sqlite.JDBC";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path file;
    private final Driver driver;
    private final boolean deregistersDriver;
    private final Link writer = new Link("BEGIN IMMEDIATE");
    private final Link reader = new Link("BEGIN");
    private volatile boolean closed;

    /** @throws InvalidSettingException if there is no driver, or the file's directory cannot be written */
    SqliteFile(Path file) {
        this.file = file.toAbsolutePath();
        boolean registeredBefore = registeredDrivers().findAny().isPresent();
        this.driver = driver();
        this.deregistersDriver =
                !registeredBefore || SqliteFile.class.getClassLoader() != ClassLoader.getSystemClassLoader();
        try {
            create();
        } catch (IOException failure) {
            logger.debug("The outbox's file cannot be created", failure);
            throw unwritable();
        }
    }

    /**
     * The file holds names and addresses of customers, so only the owner of the process may read it. SQLite gives its log and its
     * index the permissions of the file.
     */
    private void create() throws IOException {
        Path directory = file.getParent();
        if (directory == null) {
            throw unwritable();
        }
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && Files.notExists(directory)) {
            Files.createDirectories(directory, OWNERS_DIRECTORY);
        } else {
            Files.createDirectories(directory);
        }
        if (!Files.isWritable(directory) || Files.isDirectory(file)) {
            throw unwritable();
        }
        if (posix) {
            if (Files.notExists(file)) {
                createFile();
            }
            for (String part : List.of("", "-wal", "-shm")) {
                keepToOwner(file.resolveSibling(file.getFileName() + part));
            }
        }
    }

    private void createFile() throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException ofAnotherProcess) {
            logger.debug("Another process has created {}", file);
        }
    }

    /** Files of an earlier release have the permissions of the umask. */
    private static void keepToOwner(Path path) {
        try {
            if (Files.exists(path) && !Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
            }
        } catch (IOException | SecurityException notOurs) {
            logger.warn("Others may read {}, which holds personal data; its permissions cannot be changed", path);
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
            return Class.forName(DRIVER, true, SqliteFile.class.getClassLoader())
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
    <T> T inTransaction(Work<T> work) throws SQLException {
        return writer.inTransaction(work);
    }

    @Override
    <T> T reading(Work<T> work) throws SQLException {
        return reader.inTransaction(work);
    }

    private static Stream<Driver> registeredDrivers() {
        return DriverManager.drivers()
                .filter(driver -> driver.getClass().getName().equals(DRIVER));
    }

    /** The driver registers itself when its class is loaded, so a web application that stops has to deregister it. */
    private void deregisterDriver() {
        if (deregistersDriver) {
            registeredDrivers().toList().forEach(registered -> {
                try {
                    DriverManager.deregisterDriver(registered);
                } catch (SQLException | SecurityException failure) {
                    logger.debug("The driver of the embedded database stays registered", RedactedFailure.of(failure));
                }
            });
        }
    }

    /**
     * The write-ahead log keeps old pages until it is written back. If another process reads, this is left to the next call,
     * because SQLite blocks writers while it waits for readers.
     */
    @Override
    void tidyUp() throws SQLException {
        reader.lock();
        try {
            writer.execute(
                    "PRAGMA busy_timeout = " + CHECKPOINT_TIMEOUT.toMillis(),
                    "PRAGMA wal_checkpoint(TRUNCATE)",
                    "PRAGMA busy_timeout = " + BUSY_TIMEOUT.toMillis());
        } finally {
            reader.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
        reader.close();
        deregisterDriver();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** One connection, used by one thread at a time. */
    private final class Link {

        private final ReentrantLock turn = new ReentrantLock(true);
        private final String begin;
        private @Nullable Connection open;

        Link(String begin) {
            this.begin = begin;
        }

        /**
         * Runs in auto-commit mode, because otherwise the driver begins the next transaction at once and locks other processes
         * out.
         */
        <T> T inTransaction(Work<T> work) throws SQLException {
            lock();
            try {
                Connection connection = connection();
                execute(connection, begin);
                T result = work.with(connection);
                execute(connection, "COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                discard();
                throw failure;
            } finally {
                unlock();
            }
        }

        void execute(String... statements) throws SQLException {
            lock();
            try {
                Connection connection = connection();
                for (String sql : statements) {
                    execute(connection, sql);
                }
            } catch (SQLException failure) {
                discard();
                throw failure;
            } finally {
                unlock();
            }
        }

        private void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        void lock() throws SQLException {
            try {
                if (!turn.tryLock(BUSY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new SQLTimeoutException("the embedded database is busy");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while waiting for the embedded database", interrupted);
            }
        }

        void unlock() {
            turn.unlock();
        }

        private Connection connection() throws SQLException {
            if (closed) {
                throw new SQLException("the embedded database is closed");
            }
            if (open == null) {
                Properties settings = new Properties();
                settings.setProperty("journal_mode", "WAL");
                settings.setProperty("synchronous", "FULL");
                settings.setProperty("busy_timeout", Long.toString(BUSY_TIMEOUT.toMillis()));
                Connection connection = driver.connect("jdbc:sqlite:" + file, settings);
                if (connection == null) {
                    throw new SQLException("the embedded database has no driver");
                }
                execute(connection, "PRAGMA secure_delete = ON");
                open = connection;
            }
            return open;
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

        void close() {
            turn.lock();
            try {
                discard();
            } finally {
                turn.unlock();
            }
        }
    }
}
