package io.reftrail.spring.boot;

import io.reftrail.OutboxSettings;
import io.reftrail.OutboxSettings.Store;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.nio.file.Path;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The opening of the configured outbox, in the application's database or elsewhere. */
final class OutboxOpener {

    private static final Logger logger = LoggerFactory.getLogger(ReftrailAutoConfiguration.class);

    private final ReftrailProperties.Outbox properties;
    private final OutboxDataSource database;
    private final UnitOfWork unitOfWork;
    private final String applicationName;

    OutboxOpener(
            ReftrailProperties.Outbox properties,
            OutboxDataSource database,
            UnitOfWork unitOfWork,
            String applicationName) {
        this.properties = properties;
        this.database = database;
        this.unitOfWork = unitOfWork;
        this.applicationName = applicationName;
    }

    /**
     * @param backends the names of the active backends; without, no outbox is created unless it is configured by name
     * @throws InvalidSettingException if a property is invalid
     * @throws io.reftrail.outbox.OutboxException if the database cannot be reached
     */
    Outbox open(Collection<String> backends) {
        Store store = properties.store() == Store.AUTO && backends.isEmpty() ? Store.MEMORY : properties.store();
        if (database.isAmbiguous() && store == Store.JDBC) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "of several DataSources none is primary",
                    "Mark the one that customers sign up in with @ReftrailDataSource, or write 'embedded'.",
                    "outbox.store=embedded");
        }
        if (database.isAmbiguous() && store == Store.AUTO) {
            logger.info("Leads wait in a file of their own: of several DataSources none is primary."
                    + " Mark the one that customers sign up in with @ReftrailDataSource.");
        }
        return new OutboxSettings(
                        store,
                        Path.of(properties.directory()),
                        properties.initializeSchema(),
                        properties.schema(),
                        properties.tablePrefix(),
                        properties.retention(),
                        properties.deadRetention(),
                        properties.capacity())
                .open(database.get(), unitOfWork, applicationName, backends);
    }
}
