package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The SQL of one database, where databases differ. The defaults are those of the SQL standard. Immutable. */
abstract class Dialect {

    private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    /** Returns the dialect of the database at the other end of a connection, or {@code null} if it is not supported. */
    static @Nullable Dialect of(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT)) {
            case "postgresql" -> new PostgresDialect();
            case "mysql", "mariadb" -> new MySqlDialect();
            case "h2" -> new H2Dialect();
            case "sqlite" -> new SqliteDialect();
            default -> null;
        };
    }

    /** Returns the dialect of the database behind a {@link DataSource}, or {@code null} if it is not supported. */
    static @Nullable Dialect of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return of(connection);
        } catch (SQLException failure) {
            throw Connections.failed("be reached", failure);
        }
    }

    /** Returns the name of the database, for messages. */
    abstract String title();

    /** Returns the folder of the script that creates the tables. */
    abstract String scriptFolder();

    /** Returns the expression for the current time in milliseconds since 1970, which no time zone changes. */
    abstract String now();

    /** Returns the statement that records a sign-in unless an earlier one is recorded. Parameters: customer, time. */
    abstract String recordFirstSignIn();

    /** Sets a parameter for a time in a readable column, in UTC and to the millisecond. */
    void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, OffsetDateTime.ofInstant(time.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC));
    }

    /** Returns the time of such a column. */
    Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Returns the clause that ends an INSERT so that a repeated key changes no row, or an empty text if a repeated key fails. */
    String onRepeatedKey() {
        return "";
    }

    /** Returns whether an INSERT has failed because of a repeated key, and only that statement has failed. */
    boolean isRepeatedKey(SQLException failure) {
        return false;
    }

    /** Returns whether an INSERT of a repeated key locks the row until the transaction ends, although it inserts nothing. */
    boolean locksRepeatedKey() {
        return false;
    }

    /** Returns the clause that ends a SELECT so that it locks its rows and skips those that others have locked. */
    String lockRows() {
        return " FOR UPDATE SKIP LOCKED";
    }

    /** Returns the clause that ends a SELECT so that it locks its rows and waits for those that others have locked. */
    String lockRowsAndWait() {
        return " FOR UPDATE";
    }

    /** Returns the clause that ends a SELECT so that it finds rows that were committed after its transaction began. */
    String readLatest() {
        return lockRowsAndWait();
    }

    /** Returns whether one statement claims events, which saves a round trip, rather than a SELECT and an UPDATE. */
    boolean claimsInOneStatement() {
        return false;
    }

    /** Returns whether several statements can be sent at once, so that a savepoint costs no round trip. */
    boolean sendsSavepointWithInsert() {
        return false;
    }

    /**
     * Ends the use of a connection whose savepoint is gone. Some databases roll the whole transaction back for a deadlock; then
     * the caller must not be able to commit the second half of a sign-up.
     */
    void endAfterLostSavepoint(Connection callers) throws SQLException {}

    /** Returns whether the driver applies a statement's timeout to that statement alone, and at no cost. */
    boolean limitsStatements() {
        return false;
    }

    /** Returns whether the database runs in the application's process. */
    boolean isEmbedded() {
        return false;
    }

    /** Returns whether the database has schemas that a table's name can be qualified with. */
    boolean hasSchemas() {
        return true;
    }

    /** Returns whether a statement has failed because a table does not exist. */
    boolean isMissingTable(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && MISSING_TABLE.contains(state);
    }

    /** @throws InvalidSettingException if this version of the database is too old */
    void requireVersion(Connection connection) throws SQLException {}
}
