package io.reftrail.benchmarks.chaos;

import io.reftrail.backend.RefportBackend;
import io.reftrail.outbox.JdbcOutbox;
import io.reftrail.outbox.LedgerEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The application's database as somebody sees it who looks in from outside: the customers, and the outbox. */
final class Database {

    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void createCustomerTable() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer (id TEXT PRIMARY KEY, signed_up_at TIMESTAMPTZ NOT NULL)");
        }
    }

    /** Waits until no lead waits any more, but not for ever. */
    void awaitNothingWaiting(int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            while (outbox.depth(RefportBackend.NAME) > 0 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    long dead() {
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            return outbox.backlog(RefportBackend.NAME).dead();
        }
    }

    /** How often the lead with the worst luck was sent in vain. */
    int mostAttempts() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(attempts), 0) FROM reftrail_event")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Brings together what the three know of the customers with the numbers up to this one; looks each of them up. */
    Ledgers ledgers(int customers, List<BackendCall> calls) throws SQLException {
        Set<String> expected = new HashSet<>();
        Set<String> known = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            for (int number = 1; number <= customers; number++) {
                String customer = Rush.customer(number);
                if (!Rush.isRolledBack(number)) {
                    expected.add(customer);
                }
                LedgerEntry entry = outbox.find(RefportBackend.NAME, RefportBackend.LEAD_EVENT_NAME, customer);
                if (entry != null) {
                    known.add(customer);
                }
                if (entry != null && entry.verdict() == null) {
                    waiting.add(customer);
                }
            }
            return new Ledgers(expected, committed(), known, waiting, outbox.depth(RefportBackend.NAME), calls);
        }
    }

    private Map<String, Instant> committed() throws SQLException {
        Map<String, Instant> committed = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, signed_up_at FROM customer")) {
            while (row.next()) {
                committed.put(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant());
            }
        }
        return committed;
    }
}
