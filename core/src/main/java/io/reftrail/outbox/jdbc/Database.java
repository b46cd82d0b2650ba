package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The databases that a {@link JdbcOutbox} speaks, and where they differ. */
enum Database {
    /** PostgreSQL 14 and later. One failed statement spoils a transaction, so the insert brings its savepoint along. */
    POSTGRESQL(
            "PostgreSQL",
            "floor(extract(epoch from statement_timestamp()) * 1000)::bigint",
            "INSERT",
            " ON CONFLICT DO NOTHING",
            " FOR UPDATE SKIP LOCKED"),
    /** MySQL 8 and MariaDB 10.6 and later. The only statement that reads the zone-free clock is UTC_TIMESTAMP. */
    MYSQL(
            "MySQL",
            "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000)",
            "INSERT",
            "",
            " FOR UPDATE SKIP LOCKED"),
    /** H2, for development. A repeated key fails and spoils nothing. */
    H2(
            "H2",
            "DATEDIFF(MILLISECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00', CURRENT_TIMESTAMP)",
            "INSERT",
            "",
            " FOR UPDATE SKIP LOCKED"),
    /** SQLite, the embedded file. Has one writer at a time, so nothing is locked row by row. */
    SQLITE("SQLite", "CAST(unixepoch('subsec') * 1000 AS INTEGER)", "INSERT", " ON CONFLICT DO NOTHING", "");

    private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");
    private static final String INTEGRITY_CLASS = "23";
    private static final int MYSQL_DUPLICATE = 1062;
    private static final Pattern MARIADB = Pattern.compile("(\\d+)\\.(\\d+)\\.\\d+-mariadb");

    final String title;
    final String now;
    final String insert;
    final String onConflict;
    final String lockRows;

    Database(String title, String now, String insert, String onConflict, String lockRows) {
        this.title = title;
        this.now = now;
        this.insert = insert;
        this.onConflict = onConflict;
        this.lockRows = lockRows;
    }

    /** Returns the database that a {@link DataSource} leads to, or {@code null} if it is none of these. */
    static @Nullable Database behind(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return at(connection);
        } catch (SQLException failure) {
            throw Transactions.failed("be reached", failure);
        }
    }

    /** Returns the database at the other end, or {@code null} if it is none of these. */
    static @Nullable Database at(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String product = meta.getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (product.equals("mysql") || product.equals("mariadb")) {
            return MYSQL;
        }
        for (Database database : values()) {
            if (product.equals(database.title.toLowerCase(Locale.ROOT))) {
                return database;
            }
        }
        return null;
    }

    /** @throws InvalidSettingException if the database is too old to let claimers pass each other */
    void requireVersion(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String version = meta.getDatabaseProductVersion();
        Matcher maria = MARIADB.matcher(version.toLowerCase(Locale.ROOT));
        boolean passes = maria.find()
                ? Integer.parseInt(maria.group(1)) * 100 + Integer.parseInt(maria.group(2)) >= 10_06
                : meta.getDatabaseMajorVersion() >= 8;
        if (this == MYSQL && !passes) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "this database, version " + version + ", has no SKIP LOCKED",
                    "Use MySQL 8, MariaDB 10.6 or PostgreSQL, or write 'embedded'.",
                    "outbox.store=embedded");
        }
    }

    /** Whether it lives in the application's process. */
    boolean isEmbedded() {
        return this == H2 || this == SQLITE;
    }

    /** Whether the driver keeps a statement's time limit to that statement. */
    boolean limitsStatements() {
        return this == POSTGRESQL || this == MYSQL;
    }

    boolean isMissingTable(SQLException failure) {
        String state = failure.getSQLState();
        return this == SQLITE
                ? String.valueOf(failure.getMessage()).contains("no such table")
                : state != null && MISSING_TABLE.contains(state);
    }

    /** Where a repeated key fails the statement and nothing else. */
    boolean isDuplicate(SQLException failure) {
        String state = failure.getSQLState();
        return switch (this) {
            case MYSQL -> failure.getErrorCode() == MYSQL_DUPLICATE;
            case H2 -> state != null && state.startsWith(INTEGRITY_CLASS);
            case POSTGRESQL, SQLITE -> false;
        };
    }
}
