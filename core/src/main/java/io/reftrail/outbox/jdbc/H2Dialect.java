package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** H2 2.2 and later, for development and tests. */
final class H2Dialect extends Dialect {

    private static final String DUPLICATE_KEY = "23505";

    @Override
    String title() {
        return "H2";
    }

    @Override
    String scriptFolder() {
        return "h2";
    }

    @Override
    String now() {
        return "DATEDIFF(MILLISECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00', CURRENT_TIMESTAMP)";
    }

    @Override
    String recordFirstSignIn() {
        return """
                MERGE INTO reftrail_customer c
                USING (SELECT CAST(? AS BINARY(16)) AS customer, CAST(? AS BIGINT) AS known_since) n
                ON c.customer = n.customer
                WHEN MATCHED AND n.known_since < c.known_since THEN UPDATE SET known_since = n.known_since
                WHEN NOT MATCHED THEN INSERT (customer, known_since) VALUES (n.customer, n.known_since)""";
    }

    @Override
    boolean isRepeatedKey(SQLException failure) {
        return DUPLICATE_KEY.equals(failure.getSQLState());
    }

    @Override
    void endAfterLostSavepoint(Connection callers) throws SQLException {
        callers.close();
    }

    @Override
    boolean isEmbedded() {
        return true;
    }
}
