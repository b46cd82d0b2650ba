package io.reftrail.outbox.jdbc;

import java.sql.SQLException;

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
