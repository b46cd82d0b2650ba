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

/** Reads and writes {@code reftrail_customer}, on connections that others begin and commit. */
final class CustomerTable {

    private static final String SELECT = "SELECT known_since FROM reftrail_customer WHERE customer = ?";

    private static final String DELETE = "DELETE FROM reftrail_customer WHERE customer = ?";

    /** No sign-in waits longer for a table that somebody has locked. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private static final Comparator<Fingerprint> ORDER =
            Comparator.comparingLong(Fingerprint::high).thenComparingLong(Fingerprint::low);

    private final String remember;
    private final Fingerprint.Keyed fingerprints;

    CustomerTable(Database database, Fingerprint.Keyed fingerprints) {
        this.database = database;
        this.remember = remember(database);
        this.fingerprints = fingerprints;
    }

    private static String remember(Database database) {
        String insert = "INSERT INTO reftrail_customer (customer, known_since) VALUES (?, ?)";
        return switch (database) {
            case POSTGRESQL, SQLITE ->
                insert + " ON CONFLICT (customer) DO UPDATE SET known_since = excluded.known_since"
                        + " WHERE excluded.known_since < reftrail_customer.known_since";
            case MYSQL -> insert + " ON DUPLICATE KEY UPDATE known_since = LEAST(known_since, VALUES(known_since))";
            case H2 ->
                "MERGE INTO reftrail_customer c USING (SELECT CAST(? AS BINARY(16)) AS customer,"
                        + " CAST(? AS BIGINT) AS known_since) n ON c.customer = n.customer"
                        + " WHEN MATCHED AND n.known_since < c.known_since THEN UPDATE SET known_since = n.known_since"
                        + " WHEN NOT MATCHED THEN INSERT (customer, known_since) VALUES (n.customer, n.known_since)";
        };
    }

    Optional<Instant> firstSignIn(Connection connection, String customerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            if (database.limitsStatements()) {
                select.setQueryTimeout((int) PATIENCE.toSeconds());
            }
            select.setBytes(1, fingerprints.of(customerId).bytes());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
            }
        }
    }

    /** In the order of their keys, so that two nodes that remember the same customers never wait for each other in turn. */
    boolean recordFirstSignIns(Connection connection, Map<String, Instant> since) throws SQLException {
        Map<Fingerprint, Instant> rows = new TreeMap<>(ORDER);
        since.forEach((customerId, known) -> rows.put(fingerprints.of(customerId), known));
        try (PreparedStatement insert = connection.prepareStatement(remember)) {
            for (Map.Entry<Fingerprint, Instant> row : rows.entrySet()) {
                insert.setBytes(1, row.getKey().bytes());
                insert.setLong(2, row.getValue().toEpochMilli());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return true;
    }

    int forget(Connection connection, String customerId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setBytes(1, fingerprints.of(customerId).bytes());
            return delete.executeUpdate();
        }
    }
}
