package io.reftrail.outbox.jdbc;

import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Looks up, counts and erases rows of {@code reftrail_event}, on connections that others begin and commit. */
final class EventLedger {

    /** How many rows one transaction erases at most when it does so of its own accord. */
    private static final int CHUNK = 1_000;

    private final Statements sql;
    private final EventCodec codec;

    EventLedger(Statements sql, EventCodec codec) {
        this.sql = sql;
        this.codec = codec;
    }

    Optional<LedgerEntry> find(Connection connection, Fingerprint id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.find)) {
            select.setBytes(1, id.bytes());
            try (ResultSet row = select.executeQuery()) {
                return !row.next() ? Optional.empty() : Optional.of(entry(row, 1, codec));
            }
        }
    }

    /** @param first the column of the backend, before attribution, time, verdict and reason */
    static LedgerEntry entry(ResultSet row, int first, EventCodec codec) throws SQLException {
        return new LedgerEntry(
                codec.attribution(row.getString(first), row.getString(first + 1)),
                Instant.ofEpochMilli(row.getLong(first + 2)),
                verdict(row.getString(first + 3)),
                row.getString(first + 4));
    }

    /** Dead and discarded events have none. */
    private static @Nullable Verdict verdict(@Nullable String name) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    Backlog backlog(Connection connection, String backend) throws SQLException {
        long dead = number(connection, sql.countDead, backend).orElse(0);
        try (PreparedStatement select = connection.prepareStatement(sql.waiting)) {
            select.setString(1, backend);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Backlog(row.getLong(1), Duration.ofMillis(Math.max(0, row.getLong(2))), dead);
            }
        }
    }

    /** Returns the number that a statement has for a backend. */
    OptionalLong number(Connection connection, String statement, String backend) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(statement)) {
            select.setString(1, backend);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long number = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        }
    }

    List<DeadEvent> dead(Connection connection, int limit) throws SQLException {
        List<DeadEvent> dead = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.dead)) {
            select.setInt(1, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String id = Fingerprint.ofBytes(row.getBytes(1)).toString();
                    Instant occurredAt = Instant.ofEpochMilli(row.getLong(3));
                    dead.add(new DeadEvent(id, row.getString(2), occurredAt, row.getInt(4), row.getString(5)));
                }
            }
        }
        return dead;
    }

    /** Runs a statement for one event and returns whether it has changed it. */
    boolean change(Connection connection, String statement, Fingerprint id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setBytes(1, id.bytes());
            return update.executeUpdate() == 1;
        }
    }

    int forget(Connection connection, Fingerprint customer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.ofCustomer)) {
            select.setBytes(1, customer.bytes());
            select.setBytes(2, customer.bytes());
            return IdBatches.update(connection, sql::delete, List.of(), ids(select));
        }
    }

    /** Applies a statement to the next rows that are older than the retention, and returns how many they were. */
    int purge(Connection connection, String older, IntFunction<String> statement, Duration retention)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(older)) {
            select.setLong(1, retention.toMillis());
            select.setInt(2, CHUNK);
            return IdBatches.update(connection, statement, List.of(), ids(select));
        }
    }

    private static List<byte[]> ids(PreparedStatement select) throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getBytes(1));
            }
        }
        return ids;
    }
}
