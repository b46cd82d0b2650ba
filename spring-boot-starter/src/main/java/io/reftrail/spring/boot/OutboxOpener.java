package io.reftrail.spring.boot;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.InMemoryOutbox;
import io.reftrail.outbox.JdbcOutbox;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the outbox that the properties ask for. */
final class OutboxOpener {

    private static final Logger logger = LoggerFactory.getLogger(ReftrailAutoConfiguration.class);

    private static final String DEFAULT_NAME = "application";

    private final ReftrailProperties.Outbox settings;
    private final OutboxDataSource database;
    private final UnitOfWork unitOfWork;
    private final @Nullable String applicationName;

    OutboxOpener(
            ReftrailProperties.Outbox settings,
            OutboxDataSource database,
            UnitOfWork unitOfWork,
            @Nullable String applicationName) {
        this.settings = settings;
        this.database = database;
        this.unitOfWork = unitOfWork;
        this.applicationName = applicationName;
    }

    /**
     * @param needed whether anything will ever wait; if not, nothing is created unless it is asked for by name
     * @throws InvalidSettingException if a property cannot work
     * @throws io.reftrail.outbox.OutboxException if the database cannot be reached
     */
    Outbox open(boolean needed) {
        return switch (settings.store()) {
            case AUTO -> needed ? suitable() : memory();
            case JDBC -> jdbc(requireDataSource());
            case EMBEDDED -> embedded();
            case MEMORY -> memory();
        };
    }

    private Outbox suitable() {
        DataSource dataSource = database.get();
        if (dataSource != null && JdbcOutbox.supports(dataSource)) {
            return jdbc(dataSource);
        }
        if (database.isAmbiguous()) {
            logger.info("Leads wait in a file of their own: of several DataSources none is primary."
                    + " Mark the one that customers sign up in with @ReftrailDataSource.");
        }
        return embedded();
    }

    private DataSource requireDataSource() {
        DataSource dataSource = database.get();
        if (dataSource == null) {
            throw new InvalidSettingException(
                    "outbox.store",
                    database.isAmbiguous()
                            ? "of several DataSources none is primary"
                            : "there is no DataSource to keep leads in",
                    "Mark a DataSource with @ReftrailDataSource, or write 'embedded'.");
        }
        return dataSource;
    }

    private Outbox jdbc(DataSource dataSource) {
        boolean create =
                switch (settings.initializeSchema()) {
                    case EMBEDDED -> JdbcOutbox.isEmbedded(dataSource);
                    case ALWAYS -> true;
                    case NEVER -> false;
                };
        return JdbcOutbox.on(dataSource)
                .unitOfWork(unitOfWork)
                .createSchema(create)
                .retention(settings.retention())
                .deadRetention(settings.deadRetention())
                .open();
    }

    private Outbox embedded() {
        return JdbcOutbox.embedded(Path.of(settings.directory()).resolve(fileName()))
                .retention(settings.retention())
                .deadRetention(settings.deadRetention())
                .open();
    }

    private String fileName() {
        String name = applicationName == null ? "" : applicationName.replaceAll("[^A-Za-z0-9_-]+", "-");
        return (name.isEmpty() ? DEFAULT_NAME : name) + ".db";
    }

    private Outbox memory() {
        return new InMemoryOutbox(settings.capacity(), Clock.systemUTC());
    }
}
