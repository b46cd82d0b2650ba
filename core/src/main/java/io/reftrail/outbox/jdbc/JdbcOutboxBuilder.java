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

/** A builder of {@link JdbcOutbox}. Not thread-safe. */
public final class JdbcOutboxBuilder {

    private final @Nullable DataSource dataSource;
    private final @Nullable Path file;
    private UnitOfWork unitOfWork = UnitOfWork.NONE;
    private boolean createSchema;
    private TableNames names = TableNames.USUAL;
    private @Nullable String owner;
    private Duration retention = JdbcOutbox.DEFAULT_RETENTION;
    private Duration deadRetention = JdbcOutbox.DEFAULT_DEAD_RETENTION;
    private Duration journeyRetention = JdbcOutbox.DEFAULT_JOURNEY_RETENTION;
    private Duration referralRetention = JdbcOutbox.DEFAULT_REFERRAL_RETENTION;

    JdbcOutboxBuilder(@Nullable DataSource dataSource, @Nullable Path file) {
        this.dataSource = dataSource;
        this.file = file == null ? null : file.toAbsolutePath().normalize();
        this.createSchema = file != null;
    }

    /** Sets the transactions in which events are enqueued. Without it, each event is committed by itself. */
    public JdbcOutboxBuilder unitOfWork(UnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
        return this;
    }

    /**
     * Sets whether missing tables and indexes are created. The default is {@code false} in the application's database and
     * {@code true} in an embedded file.
     */
    public JdbcOutboxBuilder createSchema(boolean create) {
        this.createSchema = create;
        return this;
    }

    /**
     * Sets the prefix of the names of the tables and indexes. Two applications that share a schema need different prefixes, or
     * they share their leads.
     *
     * @param prefix the default is {@code reftrail_}
     * @throws InvalidSettingException if it is not a plain SQL identifier
     */
    public JdbcOutboxBuilder tablePrefix(String prefix) {
        names = new TableNames(names.schema(), prefix);
        return this;
    }

    /**
     * Sets the schema of the tables, which must exist. In MySQL and MariaDB this is a database.
     *
     * @param schema the schema, or {@code null} for that of the connection, which is the default
     * @throws InvalidSettingException if it is not a plain SQL identifier
     */
    public JdbcOutboxBuilder schema(@Nullable String schema) {
        names = new TableNames(schema, names.prefix());
        return this;
    }

    /**
     * Sets the owner of an embedded file: a text that is the same for all processes that share it, for example the names of their
     * backends. While a process of another owner uses the file, {@link #open} fails.
     *
     * @param owner the owner, at most 200 characters, or {@code null}, which is the default, for any
     */
    public JdbcOutboxBuilder owner(@Nullable String owner) {
        this.owner = owner;
        return this;
    }

    /**
     * Sets how long settled events stay in the ledger. The default is {@link JdbcOutbox#DEFAULT_RETENTION}.
     *
     * @throws InvalidSettingException if it is not positive
     */
    public JdbcOutboxBuilder retention(Duration retention) {
        this.retention = requirePositive("outbox.retention", retention);
        return this;
    }

    /**
     * Sets how long dead events, which hold personal data, are kept for a replay. The default is
     * {@link JdbcOutbox#DEFAULT_DEAD_RETENTION}.
     *
     * @throws InvalidSettingException if it is not positive
     */
    public JdbcOutboxBuilder deadRetention(Duration retention) {
        this.deadRetention = requirePositive("outbox.dead-retention", retention);
        return this;
    }

    /**
     * Sets how long the journey of a customer, which holds personal data, is kept after the sign-up. The default is {@link
     * JdbcOutbox#DEFAULT_JOURNEY_RETENTION}.
     *
     * @throws InvalidSettingException if it is not positive
     */
    public JdbcOutboxBuilder journeyRetention(Duration retention) {
        this.journeyRetention = requirePositive("attribution.retention", retention);
        return this;
    }

    /**
     * Sets how long a customer's referral is kept after the sign-up. The default is
     * {@link JdbcOutbox#DEFAULT_REFERRAL_RETENTION}.
     *
     * @throws InvalidSettingException if it is not positive
     */
    public JdbcOutboxBuilder referralRetention(Duration retention) {
        this.referralRetention = requirePositive("referrals.retention", retention);
        return this;
    }

    private static Duration requirePositive(String setting, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidSettingException(setting, duration + " is too short", "Write a duration such as '90d'.");
        }
        return duration;
    }

    /**
     * Opens the outbox.
     *
     * @throws InvalidSettingException if the database is not supported, the tables are missing and are not to be created, or
     *     the embedded file cannot be written
     * @throws OutboxException if the database cannot be reached
     */
    public JdbcOutbox open() {
        Connections connections = connections();
        try {
            Dialect dialect = connections.inTransaction(JdbcOutboxBuilder::dialect);
            if (names.schema() != null && !dialect.hasSchemas()) {
                throw new InvalidSettingException(
                        "outbox.schema",
                        dialect.title() + " has no schemas",
                        "Remove the setting, or set {prefix}outbox.table-prefix instead.");
            }
            return open(connections, new Sql(dialect, names));
        } catch (SQLException failure) {
            connections.close();
            throw Connections.failed("be opened", failure);
        } catch (RuntimeException failure) {
            connections.close();
            throw failure;
        }
    }

    /** Opens the outbox with the given connections and SQL. */
    JdbcOutbox open(Connections connections, Sql sql) throws SQLException {
        Schema schema = new Schema(sql, names, connections);
        schema.require(createSchema);
        if (file != null && owner != null) {
            schema.takeFor(owner, place(sql.dialect));
        }
        String url = connections.inTransaction(
                connection -> String.valueOf(connection.getMetaData().getURL()));
        return new JdbcOutbox(this, connections, sql, schema, schema.fingerprints(), url);
    }

    Connections connections() {
        if (file != null) {
            return new SqliteFile(file);
        }
        if (dataSource == null) {
            throw new IllegalStateException("neither a DataSource nor a file");
        }
        return new PooledConnections(dataSource);
    }

    private static Dialect dialect(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        if (dialect == null) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "leads cannot be stored in " + connection.getMetaData().getDatabaseProductName(),
                    "Use PostgreSQL, MySQL 8, MariaDB 10.6 or H2. Or write 'embedded' to store leads in a file of this node, which is only"
                            + " safe with a single node.",
                    "outbox.store=embedded");
        }
        dialect.requireVersion(connection);
        return dialect;
    }

    UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    TableNames names() {
        return names;
    }

    Duration retention() {
        return retention;
    }

    Duration referralRetention() {
        return referralRetention;
    }

    Duration journeyRetention() {
        return journeyRetention;
    }

    Duration deadRetention() {
        return deadRetention;
    }

    String place(Dialect dialect) {
        return file == null ? "the application's " + dialect.title() + " database" : "the file " + file;
    }
}
