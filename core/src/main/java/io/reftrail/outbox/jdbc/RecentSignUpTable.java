package io.reftrail.outbox.jdbc;

import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The table {@code reftrail_recent_sign_up}: the sign-ups of the last hour by network, as keyed hashes. Rows are only added, so that a
 * sign-up waits for another one only if the same customer signs up twice within a millisecond. Runs in the transactions of its
 * callers.
 */
final class RecentSignUpTable {

    private final Dialect dialect;
    private final String insert;
    private final String count;
    private final String purge;
    private final String forget;

    RecentSignUpTable(Sql sql) {
        this.dialect = sql.dialect;
        this.insert = sql.text("""
                INSERT INTO reftrail_recent_sign_up (network, signed_up_at, customer) VALUES (?, {now}, ?)""") + sql.dialect.onRepeatedKey();
        this.count = sql.text("""
                SELECT COUNT(DISTINCT customer) FROM reftrail_recent_sign_up
                WHERE network = ? AND signed_up_at > {now} - ? AND customer <> ?""");
        this.purge = sql.text("DELETE FROM reftrail_recent_sign_up WHERE signed_up_at <= {now} - ?");
        this.forget = sql.text("DELETE FROM reftrail_recent_sign_up WHERE customer = ?");
    }

    /** Adds a sign-up and returns the number of other customers. */
    int add(Connection connection, Fingerprint network, Fingerprint customer, Duration period) throws SQLException {
        int others = others(connection, network, customer, period);
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setBytes(1, network.bytes());
            statement.setBytes(2, customer.bytes());
            statement.executeUpdate();
        } catch (SQLException failure) {
            if (!dialect.isRepeatedKey(failure)) {
                throw failure;
            }
        }
        return others;
    }

    private int others(Connection connection, Fingerprint network, Fingerprint customer, Duration period)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(count)) {
            statement.setBytes(1, network.bytes());
            statement.setLong(2, period.toMillis());
            statement.setBytes(3, customer.bytes());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    int purge(Connection connection, Duration period) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(purge)) {
            statement.setLong(1, period.toMillis());
            return statement.executeUpdate();
        }
    }

    int forget(Connection connection, Fingerprint customer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(forget)) {
            statement.setBytes(1, customer.bytes());
            return statement.executeUpdate();
        }
    }
}
