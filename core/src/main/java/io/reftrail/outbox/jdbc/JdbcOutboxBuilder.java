package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.UnitOfWork;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JdbcOutbox}. Not thread-safe. */
public final class JdbcOutboxBuilder {

    private final @Nullable DataSource dataSource;
    private final @Nullable Path file;
    private UnitOfWork unitOfWork = UnitOfWork.NONE;
    private boolean createSchema;
    private Duration retention = JdbcOutbox.DEFAULT_RETENTION;
    private Duration deadRetention = JdbcOutbox.DEFAULT_DEAD_RETENTION;

    JdbcOutboxBuilder(@Nullable DataSource dataSource, @Nullable Path file) {
        this.dataSource = dataSource;
        this.file = file;
        this.createSchema = file != null;
    }

    /** Sets whose transactions events are enqueued in; without it, each event is committed by itself. */
    public JdbcOutboxBuilder unitOfWork(UnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
        return this;
    }

    /** Sets whether missing tables are created; off by default in an application's database, on in an embedded file. */
    public JdbcOutboxBuilder createSchema(boolean create) {
        this.createSchema = create;
        return this;
    }

    /**
     * Sets how long settled events stay in the ledger.
     *
     * @throws InvalidSettingException if it is not positive
     */
    public JdbcOutboxBuilder retention(Duration retention) {
        this.retention = requirePositive("outbox.retention", retention);
        return this;
    }

    /**
     * Sets how long dead events, which hold personal data, are kept for a replay.
     *
     * @throws InvalidSettingException if it is not positive
     */
    public JdbcOutboxBuilder deadRetention(Duration retention) {
        this.deadRetention = requirePositive("outbox.dead-retention", retention);
        return this;
    }

    private static Duration requirePositive(String setting, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidSettingException(setting, duration + " keeps nothing", "Write a duration such as '90d'.");
        }
        return duration;
    }

    /**
     * Opens the outbox.
     *
     * @throws InvalidSettingException if the database is none that is spoken, the tables are missing and shall not be
     *     created, or the embedded file cannot be written
     * @throws OutboxException if the database cannot be reached
     */
    public JdbcOutbox open() {
        OutboxConnections connections = connections();
        try {
            Database database = connections.inTransaction(JdbcOutboxBuilder::database);
            return open(connections, new Statements(database));
        } catch (SQLException failure) {
            connections.close();
            throw Transactions.failed("be opened", failure);
        } catch (RuntimeException failure) {
            connections.close();
            throw failure;
        }
    }

    /** Opens the outbox with statements of a test's choice. */
    JdbcOutbox open(OutboxConnections connections, Statements statements) throws SQLException {
        OutboxSchema schema = new OutboxSchema(statements.database, connections);
        schema.require(createSchema);
        return new JdbcOutbox(this, connections, statements, schema.identity());
    }

    OutboxConnections connections() {
        if (file != null) {
            return new FileConnection(file);
        }
        if (dataSource == null) {
            throw new IllegalStateException("neither a DataSource nor a file");
        }
        return new PooledConnections(dataSource);
    }

    private static Database database(Connection connection) throws SQLException {
        Database database = Database.at(connection);
        if (database == null) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "leads cannot be kept in " + connection.getMetaData().getDatabaseProductName(),
                    "Use PostgreSQL, MySQL 8, MariaDB 10.6 or H2, or write 'embedded'.",
                    "outbox.store=embedded");
        }
        database.requireVersion(connection);
        return database;
    }

    UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    Duration retention() {
        return retention;
    }

    Duration deadRetention() {
        return deadRetention;
    }

    String place(Database database) {
        return file == null ? "the application's " + database.title + " database" : "the file " + file;
    }
}
