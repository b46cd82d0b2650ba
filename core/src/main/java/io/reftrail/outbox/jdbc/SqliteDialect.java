package io.reftrail.outbox.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** SQLite 3.42 and later, the embedded file. It has one writer at a time, so a claim locks no rows. */
final class SqliteDialect extends Dialect {

    @Override
    String title() {
        return "SQLite";
    }

    @Override
    String scriptFolder() {
        return "sqlite";
    }

    @Override
    String now() {
        return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
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
                ON CONFLICT (customer) DO UPDATE SET known_since = excluded.known_since
                WHERE excluded.known_since < known_since""";
    }

    @Override
    String onRepeatedKey() {
        return " ON CONFLICT DO NOTHING";
    }

    @Override
    String lockRows() {
        return "";
    }

    @Override
    String lockRowsAndWait() {
        return "";
    }

    @Override
    boolean isEmbedded() {
        return true;
    }

    @Override
    boolean hasSchemas() {
        return false;
    }

    @Override
    boolean isMissingTable(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("no such table");
    }
}
