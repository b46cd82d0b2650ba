package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MySQL 8 and later, MariaDB 10.6 and later: the first versions with SKIP LOCKED. */
final class MySqlDialect extends Dialect {

    private static final int DUPLICATE_ENTRY = 1062;

    private static final Pattern MARIADB = Pattern.compile("(\\d+)\\.(\\d+)\\.\\d+-mariadb");

    @Override
    String title() {
        return "MySQL";
    }

    @Override
    String scriptFolder() {
        return "mysql";
    }

    /** Only {@code UTC_TIMESTAMP} ignores the session's time zone. */
    @Override
    String now() {
        return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000)";
    }

    /** A time without a zone is stored as a text, which no driver converts to another zone. */
    @Override
    void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setString(index, WrittenTime.format(time));
    }

    @Override
    Instant time(ResultSet row, String column) throws SQLException {
        return WrittenTime.parse(row.getString(column));
    }

    @Override
    String recordFirstSignIn() {
        return """
                INSERT INTO reftrail_customer (customer, known_since) VALUES (?, ?)
                ON DUPLICATE KEY UPDATE known_since = LEAST(known_since, VALUES(known_since))""";
    }

    @Override
    boolean isRepeatedKey(SQLException failure) {
        return failure.getErrorCode() == DUPLICATE_ENTRY;
    }

    @Override
    boolean locksRepeatedKey() {
        return true;
    }

    @Override
    void endAfterLostSavepoint(Connection callers) throws SQLException {
        callers.abort(Runnable::run);
    }

    @Override
    boolean limitsStatements() {
        return true;
    }

    @Override
    void requireVersion(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String version = meta.getDatabaseProductVersion();
        Matcher maria = MARIADB.matcher(version.toLowerCase(Locale.ROOT));
        boolean recent = maria.find()
                ? Integer.parseInt(maria.group(1)) * 100 + Integer.parseInt(maria.group(2)) >= 10_06
                : meta.getDatabaseMajorVersion() >= 8;
        if (!recent) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "this database, version " + version + ", has no SKIP LOCKED",
                    "Use MySQL 8, MariaDB 10.6 or PostgreSQL, or write 'embedded'.",
                    "outbox.store=embedded");
        }
    }

    /** A repeated key leaves a shared lock. If two transactions then asked for an exclusive lock, they would deadlock. */
    @Override
    String readLatest() {
        return " LOCK IN SHARE MODE";
    }
}
