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
import java.util.Collection;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The outbox, as an application's configuration describes it.
 *
 * @param store the kind of store
 * @param directory the directory of an embedded file
 * @param initializeSchema the databases of the application in which missing tables are created
 * @param schema the schema of the tables in the application's database, or {@code null} for that of its connections
 * @param tablePrefix what the names of the tables begin with
 * @param retention how long settled events stay in the ledger
 * @param deadRetention how long dead events are kept for a replay
 * @param capacity the number of events that may wait in memory
 */
public record OutboxSettings(
        Store store,
        Path directory,
        SchemaInitialization initializeSchema,
        @Nullable String schema,
        String tablePrefix,
        Duration retention,
        Duration deadRetention,
        int capacity) {

    /** The kinds of stores. */
    public enum Store {
        /** The application's database if there is one, which must be able to store events; otherwise an embedded file. */
        AUTO,
        /** The application's database. */
        JDBC,
        /** An embedded file. */
        EMBEDDED,
        /** Memory: events are lost with the process. */
        MEMORY
    }

    /** The databases of the application in which missing tables are created. */
    public enum SchemaInitialization {
        /** Those that run in the application's process. */
        EMBEDDED,
        /** All. */
        ALWAYS,
        /** None: the application's migrations create the tables. */
        NEVER
    }

    /** The application's database, or a file in {@code reftrail} below the working directory. */
    public static final OutboxSettings DEFAULT = new OutboxSettings(
            Store.AUTO,
            Path.of("reftrail"),
            SchemaInitialization.EMBEDDED,
            null,
            JdbcOutbox.DEFAULT_TABLE_PREFIX,
            JdbcOutbox.DEFAULT_RETENTION,
            JdbcOutbox.DEFAULT_DEAD_RETENTION,
            InMemoryOutbox.DEFAULT_CAPACITY);

    /**
     * Opens the outbox.
     *
     * @param dataSource the application's database, or {@code null} if it has none
     * @param unitOfWork the transactions on that database
     * @param application the application's name, which becomes the name of an embedded file
     * @param backends the names of the application's backends; processes with the same ones may share an embedded file
     * @throws InvalidSettingException if a setting cannot work, or another application uses the embedded file
     * @throws OutboxException if the database cannot be reached
     */
    public Outbox open(
            @Nullable DataSource dataSource, UnitOfWork unitOfWork, String application, Collection<String> backends) {
        return switch (store) {
            case AUTO -> dataSource == null ? embedded(application, backends) : jdbc(dataSource, unitOfWork);
            case JDBC -> jdbc(required(dataSource), unitOfWork);
            case EMBEDDED -> embedded(application, backends);
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
                .schema(schema)
                .tablePrefix(tablePrefix)
                .retention(retention)
                .deadRetention(deadRetention)
                .open();
    }

    private JdbcOutbox embedded(String application, Collection<String> backends) {
        String name = application.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return JdbcOutbox.embedded(directory.resolve((name.isEmpty() ? "application" : name) + ".db"))
                .owner(backends.stream().distinct().sorted().collect(Collectors.joining(", ")))
                .retention(retention)
                .deadRetention(deadRetention)
                .open();
    }
}
