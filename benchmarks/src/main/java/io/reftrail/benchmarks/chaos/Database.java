package io.reftrail.benchmarks.chaos;

import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

    /** Waits until nothing waits any more, but not for ever. */
    void awaitNothingWaiting(int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            for (Vendor vendor : Vendor.values()) {
                while (outbox.depth(vendor.backend()) > 0 && System.nanoTime() < deadline) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
        }
    }

    /** How often a vendor's event with the worst luck was sent in vain. */
    int mostAttempts(Vendor vendor) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT COALESCE(MAX(attempts), 0) FROM reftrail_event WHERE backend = ?")) {
            statement.setString(1, vendor.backend());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /**
     * Brings together what the three know of a vendor's customers with the numbers up to this one. Looks all of them up, so
     * that one is found whom a vendor was told of and did not bring.
     */
    Ledgers ledgers(Vendor vendor, int customers, List<BackendCall> calls) throws SQLException {
        Set<String> expected = new HashSet<>();
        long rolledBack = 0;
        Set<String> known = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        Set<String> turnedDown = new HashSet<>();
        Map<String, Instant> committed = new HashMap<>(committed());
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            for (int number = 1; number <= customers; number++) {
                String customer = Rush.customer(number);
                if (Vendor.of(number) != vendor) {
                    committed.remove(customer);
                } else if (Rush.isRolledBack(number)) {
                    rolledBack++;
                } else {
                    expected.add(customer);
                }
                LedgerEntry entry = outbox.find(vendor.backend(), vendor.leadEventName(), customer);
                if (entry != null) {
                    known.add(customer);
                    if (entry.verdict() == null) {
                        waiting.add(customer);
                    } else if (entry.verdict() != Verdict.RECORDED && entry.verdict() != Verdict.DUPLICATE) {
                        turnedDown.add(customer);
                    }
                }
            }
            Backlog backlog = outbox.backlog(vendor.backend());
            return new Ledgers(
                    vendor.partner(),
                    expected,
                    rolledBack,
                    committed,
                    known,
                    waiting,
                    turnedDown,
                    backlog.dead(),
                    backlog.waiting(),
                    calls);
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
