package io.reftrail.servlet;

import io.reftrail.OutboxSettings;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import java.nio.file.Path;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens the outbox that a filter's init-params describe. */
final class OutboxConfiguration {

    private static final String DATA_SOURCE = "outbox.data-source";

    private final OutboxSettings settings;
    private final @Nullable String dataSource;

    /** @throws InvalidSettingException if an init-param cannot work */
    OutboxConfiguration(InitParameters parameters) {
        OutboxSettings otherwise = OutboxSettings.DEFAULT;
        this.settings = new OutboxSettings(
                parameters.constant("outbox.store", otherwise.store()),
                Path.of(parameters.text(
                        "outbox.directory", otherwise.directory().toString())),
                parameters.constant("outbox.initialize-schema", otherwise.initializeSchema()),
                parameters.duration("outbox.retention", otherwise.retention()),
                parameters.duration("outbox.dead-retention", otherwise.deadRetention()),
                parameters.number("outbox.capacity", otherwise.capacity()));
        this.dataSource = parameters.text(DATA_SOURCE);
    }

    /**
     * Opens it.
     *
     * @param contextPath tells applications of one server apart
     * @throws InvalidSettingException if an init-param cannot work
     * @throws io.reftrail.outbox.OutboxException if the database cannot be reached
     */
    Outbox open(JdbcUnitOfWork unitOfWork, String contextPath) {
        return settings.open(
                dataSource == null ? null : lookUp(dataSource),
                unitOfWork,
                contextPath.isEmpty() ? "ROOT" : contextPath);
    }

    /** The name is the deployer's, and stays inside the container. */
    @SuppressWarnings("BanJNDI")
    private static DataSource lookUp(String name) {
        try {
            if (name.startsWith("java:") && new InitialContext().lookup(name) instanceof DataSource found) {
                return found;
            }
        } catch (NamingException missing) {
            throw notFound(name, missing);
        }
        throw notFound(name, null);
    }

    private static InvalidSettingException notFound(String name, @Nullable NamingException cause) {
        InvalidSettingException notFound = new InvalidSettingException(
                DATA_SOURCE,
                "there is no DataSource at '" + name + "'",
                "Write the JNDI name of one, such as 'java:comp/env/jdbc/shop'.");
        notFound.initCause(cause);
        return notFound;
    }
}
