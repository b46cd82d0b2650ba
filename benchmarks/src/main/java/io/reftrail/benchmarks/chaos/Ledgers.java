package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.chaos.Visitors.Vendor;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.samples.demo.Sandbox;
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
import tools.jackson.databind.JsonNode;

/**
 * What the application's table, the outbox and the backend know at the end about the customers of a vendor.
 *
 * @param partner the partner whose link all of them have followed
 * @param expected the customers whose sign-up was answered with success; all others were to be rolled back
 * @param rolledBack the number of the others
 * @param committed the customers in the application's table, and when they signed up
 * @param outbox the customers with a row in the outbox, settled or not
 * @param waiting those of them whose lead has no final outcome
 * @param turnedDown those of them whose lead has a final outcome other than recorded and duplicate
 * @param dead how many events the outbox has given up
 * @param depth how many events wait, as the outbox counts them
 * @param calls the calls that the backend has received about customers
 */
record Ledgers(
        String partner,
        Set<String> expected,
        long rolledBack,
        Map<String, Instant> committed,
        Set<String> outbox,
        Set<String> waiting,
        Set<String> turnedDown,
        long dead,
        long depth,
        List<Call> calls) {

    Ledgers {
        expected = Set.copyOf(expected);
        committed = Map.copyOf(committed);
        outbox = Set.copyOf(outbox);
        waiting = Set.copyOf(waiting);
        turnedDown = Set.copyOf(turnedDown);
        calls = List.copyOf(calls);
    }

    /**
     * A call that the backend has received.
     *
     * @param customer the customer that it names
     * @param partner the partner that the backend credits for the customer
     * @param verdict the backend's verdict, in lower case
     * @param at the time
     */
    record Call(String customer, String partner, String verdict, Instant at) {

        boolean isRecorded() {
            return verdict.equals("recorded");
        }

        boolean isDuplicate() {
            return verdict.equals("duplicate");
        }
    }

    static void createCustomerTable(DataSource dataSource) throws SQLException {
        PostgreSql.execute(
                dataSource, "CREATE TABLE customer (id TEXT PRIMARY KEY, signed_up_at TIMESTAMPTZ NOT NULL)");
    }

    /** Waits until the outbox is empty, at most for some seconds. */
    static void awaitDelivery(DataSource dataSource, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            for (Vendor vendor : Vendor.values()) {
                while (outbox.depth(vendor.backend()) > 0 && System.nanoTime() < deadline) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
        }
    }

    /** Returns the number of failed attempts of the vendor's event with the most of them. */
    static int mostAttempts(DataSource dataSource, Vendor vendor) throws SQLException {
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
     * Reads the ledgers of a vendor. Looks up the customers of both vendors in the outbox, to find those that were reported to
     * the wrong one.
     *
     * @param customers the number of customers who came
     * @param feed all calls that the backend has received
     */
    static Ledgers read(DataSource dataSource, Vendor vendor, int customers, List<JsonNode> feed) throws SQLException {
        Set<String> expected = new HashSet<>();
        long rolledBack = 0;
        Set<String> known = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        Set<String> turnedDown = new HashSet<>();
        Map<String, Instant> committed = committed(dataSource);
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            for (int number = 1; number <= customers; number++) {
                String customer = Visitors.customer(number);
                if (Vendor.of(number) != vendor) {
                    committed.remove(customer);
                } else if (Visitors.isRolledBack(number)) {
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
                    calls(feed, vendor));
        }
    }

    private static Map<String, Instant> committed(DataSource dataSource) throws SQLException {
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

    private static List<Call> calls(List<JsonNode> feed, Vendor vendor) {
        return feed.stream()
                .filter(call -> Sandbox.text(call, "vendor").equals(vendor.backend()))
                .filter(call -> call.path("customer").isString())
                .map(call -> new Call(
                        Sandbox.text(call, "customer"),
                        Sandbox.text(call, "partner"),
                        Sandbox.text(call, "verdict"),
                        Instant.parse(Sandbox.text(call, "at"))))
                .toList();
    }

    /** Returns how many clicks a vendor has recorded. */
    static long clicks(List<JsonNode> feed, Vendor vendor) {
        return feed.stream()
                .filter(call -> Sandbox.text(call, "vendor").equals(vendor.backend()))
                .filter(call -> Sandbox.text(call, "kind").equals("click") && Sandbox.isRecorded(call))
                .count();
    }
}
