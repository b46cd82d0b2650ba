package io.reftrail.outbox.jdbc;

import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table {@code reftrail_customer}: customers' first sign-ins. Runs in the transactions of its callers. */
final class FirstSignInTable {

    /** The longest wait of a sign-in for a table that another transaction has locked. */
    private static final Duration INSERT_TIMEOUT = Duration.ofSeconds(2);

    private static final Comparator<Fingerprint> BY_KEY =
            Comparator.comparingLong(Fingerprint::high).thenComparingLong(Fingerprint::low);

    private final Dialect dialect;
    private final Fingerprint.Keyed fingerprints;
    private final String select;
    private final String upsert;
    private final String delete;

    FirstSignInTable(Sql sql, Fingerprint.Keyed fingerprints) {
        this.dialect = sql.dialect;
        this.fingerprints = fingerprints;
        this.select = sql.text("SELECT known_since FROM reftrail_customer WHERE customer = ?");
        this.upsert = sql.text(sql.dialect.recordFirstSignIn());
        this.delete = sql.text("DELETE FROM reftrail_customer WHERE customer = ?");
    }

    Optional<Instant> find(Connection connection, String customerId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            if (dialect.limitsStatements()) {
                statement.setQueryTimeout((int) INSERT_TIMEOUT.toSeconds());
            }
            statement.setBytes(1, fingerprints.of(customerId).bytes());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
            }
        }
    }

    /** Writes in the order of the keys, so that two nodes that record the same customers do not deadlock. */
    int record(Connection connection, Map<String, Instant> signIns) throws SQLException {
        Map<Fingerprint, Instant> rows = new TreeMap<>(BY_KEY);
        signIns.forEach((customerId, time) -> rows.put(fingerprints.of(customerId), time));
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (Map.Entry<Fingerprint, Instant> row : rows.entrySet()) {
                statement.setBytes(1, row.getKey().bytes());
                statement.setLong(2, row.getValue().toEpochMilli());
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }

    int forget(Connection connection, String customerId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setBytes(1, fingerprints.of(customerId).bytes());
            return statement.executeUpdate();
        }
    }
}
