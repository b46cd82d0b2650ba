package io.reftrail;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait, as an application's configuration says it.
 *
 * @param store what keeps them
 * @param directory where an embedded file lives
 * @param initializeSchema in which of the application's databases missing tables are created
 * @param retention how long settled events stay in the ledger
 * @param deadRetention how long dead events are kept for a replay
 * @param capacity how many events may wait in memory
 */
public record OutboxSettings(
        Store store,
        Path directory,
        SchemaInitialization initializeSchema,
        Duration retention,
        Duration deadRetention,
        int capacity) {

    /** What keeps events. */
    public enum Store {
        /** The application's database if there is one that can, an embedded file otherwise. */
        AUTO,
        /** The application's database. */
        JDBC,
        /** An embedded file. */
        EMBEDDED,
        /** Memory: they are lost with the process. */
        MEMORY
    }

    /** In which of the application's databases missing tables are created. */
    public enum SchemaInitialization {
        /** In those that live in the application's process. */
        EMBEDDED,
        /** In all. */
        ALWAYS,
        /** In none: the application's migrations do it. */
        NEVER
    }

    /** The application's database, or a file in {@code reftrail} below the working directory. */
    public static final OutboxSettings DEFAULT = new OutboxSettings(
            Store.AUTO,
            Path.of("reftrail"),
            SchemaInitialization.EMBEDDED,
            JdbcOutbox.DEFAULT_RETENTION,
            JdbcOutbox.DEFAULT_DEAD_RETENTION,
            InMemoryOutbox.DEFAULT_CAPACITY);

    /**
     * Opens the outbox.
     *
     * @param dataSource the application's database, or {@code null} if it has none
     * @param unitOfWork the transactions on that database
     * @param application the application's name, so that two of them do not share a file
     * @throws InvalidSettingException if a setting cannot work
     * @throws OutboxException if the database cannot be reached
     */
    public Outbox open(@Nullable DataSource dataSource, UnitOfWork unitOfWork, String application) {
        return switch (store) {
            case AUTO ->
                dataSource != null && JdbcOutbox.supports(dataSource)
                        ? jdbc(dataSource, unitOfWork)
                        : embedded(application);
            case JDBC -> jdbc(required(dataSource), unitOfWork);
            case EMBEDDED -> embedded(application);
            case MEMORY -> new InMemoryOutbox(capacity, Clock.systemUTC());
        };
    }

    private static DataSource required(@Nullable DataSource dataSource) {
        if (dataSource == null) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "the application has no DataSource to keep leads in",
                    "Write 'embedded' or 'auto'.",
                    "outbox.store=embedded");
        }
        return dataSource;
    }

    private JdbcOutbox jdbc(DataSource dataSource, UnitOfWork unitOfWork) {
        boolean create = initializeSchema == SchemaInitialization.ALWAYS
                || (initializeSchema == SchemaInitialization.EMBEDDED && JdbcOutbox.isEmbedded(dataSource));
        return JdbcOutbox.on(dataSource)
                .unitOfWork(unitOfWork)
                .createSchema(create)
                .retention(retention)
                .deadRetention(deadRetention)
                .open();
    }

    private JdbcOutbox embedded(String application) {
        String name = application.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return JdbcOutbox.embedded(directory.resolve((name.isEmpty() ? "application" : name) + ".db"))
                .retention(retention)
                .deadRetention(deadRetention)
                .open();
    }
}
