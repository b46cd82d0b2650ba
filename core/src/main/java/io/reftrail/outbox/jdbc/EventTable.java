package io.reftrail.outbox.jdbc;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code reftrail_event}, apart from its {@linkplain EventClaims claims}: stores, finds, counts and erases events.
 * {@code due_at} holds the state of an event: the time from which it may be claimed, or at which its lease ends;
 * {@link Sql#HELD_AT}, {@link Sql#DECLINED_AT} or {@link Sql#DEAD_AT} if it is held, declined or dead; null if it is settled.
 * Runs in the transactions of its callers.
 */
final class EventTable {

    /** The longest wait of a sign-up for its INSERT, for instance behind one with the same key that is not committed yet. */
    private static final Duration INSERT_TIMEOUT = Duration.ofSeconds(2);

    /** The largest number of events of a customer that one transaction erases, without the clicks that they follow. */
    private static final int ERASURE_BATCH = 200;

    private static final String IN_FAILED_TRANSACTION = "25P02";

    private static final String SET_SAVEPOINT = "SAVEPOINT reftrail";

    private static final String ROLLBACK_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT reftrail";

    private static final String RELEASE_SAVEPOINT = "RELEASE SAVEPOINT reftrail";

    private final Dialect dialect;
    private final Fingerprint.Keyed fingerprints;
    private final StoredEvents stored;
    private final String insert;
    private final String insertJoining;
    private final String insertWithheld;
    private final String insertWithheldJoining;
    private final String find;
    private final String waiting;
    private final String waitingUpTo;
    private final String countDead;
    private final String countHeld;
    private final String untilDue;
    private final String dead;
    private final String replay;
    private final String withheld;
    private final String release;
    private final String followers;
    private final String resetAge;
    private final String decline;
    private final String discard;
    private final String ofCustomer;
    private final String followedByOthers;
    private final String delete;

    EventTable(Sql sql, Fingerprint.Keyed fingerprints, StoredEvents stored) {
        this.dialect = sql.dialect;
        this.fingerprints = fingerprints;
        this.stored = stored;
        this.insert = sql.text("""
                INSERT INTO reftrail_event
                (id, backend, customer, follows, attribution, payload, occurred_at, enqueued_at, due_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, {now}, {now})""") + dialect.onRepeatedKey();
        this.insertWithheld = sql.text("""
                INSERT INTO reftrail_event
                (id, backend, customer, follows, attribution, payload, occurred_at, enqueued_at, settled_at, due_at, verdict, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, {now}, {now}, ?, ?, ?)""") + dialect.onRepeatedKey();
        this.insertJoining = joining(insert);
        this.insertWithheldJoining = joining(insertWithheld);
        this.find = sql.text("""
                SELECT backend, attribution, occurred_at, verdict, reason
                FROM reftrail_event WHERE id = ?""");
        this.waiting = sql.text("""
                SELECT COUNT(*), {now} - MIN(enqueued_at)
                FROM reftrail_event WHERE backend = ? AND due_at < {held}""");
        this.waitingUpTo = sql.text("""
                SELECT COUNT(*) FROM
                (SELECT id FROM reftrail_event WHERE backend = ? AND due_at < {held} LIMIT %d) w""".formatted(JdbcOutbox.CLICK_BACKLOG_LIMIT));
        this.countDead = sql.text("SELECT COUNT(*) FROM reftrail_event WHERE backend = ? AND due_at = {dead}");
        this.countHeld = sql.text("SELECT COUNT(*) FROM reftrail_event WHERE backend = ? AND due_at = {held}");
        this.untilDue =
                sql.text("SELECT %d, MIN(due_at) - {now} FROM reftrail_event WHERE backend = ? AND due_at < {held}");
        this.dead = sql.text("""
                SELECT id, backend, occurred_at, attempts, reason
                FROM reftrail_event WHERE due_at = {dead} ORDER BY settled_at LIMIT ?""");
        this.replay = sql.text("""
                UPDATE reftrail_event SET due_at = {now}, enqueued_at = {now},
                attempts = 0, verdict = NULL, reason = NULL, settled_at = NULL, lease = NULL
                WHERE id = ? AND due_at = {dead}""");
        this.withheld = sql.text("""
                SELECT id, backend, attribution, payload, occurred_at, due_at, reason, settled_at
                FROM reftrail_event WHERE backend = ? AND due_at >= {held} AND due_at <= {declined}
                ORDER BY due_at, settled_at LIMIT ?""");
        this.release = sql.text("""
                UPDATE reftrail_event SET due_at = {now}, enqueued_at = {now},
                verdict = NULL, reason = NULL, settled_at = NULL
                WHERE id = ? AND due_at >= {held} AND due_at <= {declined}""");
        this.followers = sql.text("SELECT id FROM reftrail_event WHERE follows IN ({ids}) AND due_at < {held}");
        this.resetAge =
                sql.text("UPDATE reftrail_event SET enqueued_at = {now} WHERE due_at < {held} AND id IN ({ids})");
        this.decline = sql.text("""
                UPDATE reftrail_event SET due_at = NULL, payload = NULL, verdict = 'DECLINED', settled_at = {now}
                WHERE id = ? AND due_at >= {held} AND due_at <= {declined}""");
        this.discard = sql.text("""
                UPDATE reftrail_event SET due_at = NULL, payload = NULL, verdict = 'DISCARDED'
                WHERE id = ? AND due_at = {dead}""");
        this.ofCustomer = sql.text("""
                SELECT id, follows FROM reftrail_event WHERE customer = ? AND (due_at IS NULL OR due_at >= {held})
                UNION ALL
                SELECT id, follows FROM reftrail_event WHERE customer = ? AND due_at < {held}
                LIMIT\s""" + ERASURE_BATCH);
        this.followedByOthers = sql.text("""
                SELECT DISTINCT follows FROM reftrail_event WHERE customer <> ? AND follows IN ({ids})""");
        this.delete = sql.text("DELETE FROM reftrail_event WHERE id IN ({ids})");
    }

    private String joining(String text) {
        return dialect.sendsSavepointWithInsert() ? SET_SAVEPOINT + "; " + text + "; " + RELEASE_SAVEPOINT : text;
    }

    /** An event as a row, which is created before the first statement. */
    private record Row(
            Fingerprint id,
            String backend,
            @Nullable Fingerprint customer,
            @Nullable Fingerprint follows,
            String attribution,
            String payload,
            long occurredAt) {}

    /**
     * The reason why an event is stored without being due.
     *
     * @param reason the text of the column {@code reason}
     */
    record Withholding(Withheld state, String reason) {}

    private Row row(Event event) {
        return new Row(
                fingerprints.of(event.deduplicationKey()),
                event.backend(),
                hash(event.customerId()),
                hash(event.follows()),
                stored.write(event.attribution()),
                stored.write(event),
                event.occurredAt().toEpochMilli());
    }

    private @Nullable Fingerprint hash(@Nullable String text) {
        return text == null ? null : fingerprints.of(text);
    }

    /**
     * Inserts an event and returns whether its key was new.
     *
     * @param withholding {@code null} if the event is due
     */
    boolean insert(Connection connection, Event event, @Nullable Withholding withholding) throws SQLException {
        return insert(connection, withholding == null ? insert : insertWithheld, row(event), withholding);
    }

    /**
     * Inserts an event in the caller's transaction and returns whether its key was new. If the insert fails, the transaction
     * returns to a savepoint and can go on. Unlike {@link Connections#behindSavepoint}, a dialect may send savepoint and insert in one
     * round trip.
     */
    boolean insertJoining(Connection callers, Event event, @Nullable Withholding withholding) throws SQLException {
        Row row = row(event);
        String text = withholding == null ? insertJoining : insertWithheldJoining;
        if (!dialect.sendsSavepointWithInsert()) {
            execute(callers, SET_SAVEPOINT);
        }
        try {
            boolean known =
                    dialect.locksRepeatedKey() && find(callers, row.id()).isPresent();
            return !known && insert(callers, text, row, withholding);
        } catch (SQLException failure) {
            returnToSavepoint(callers, failure);
            throw failure;
        }
    }

    private boolean insert(Connection connection, String text, Row row, @Nullable Withholding withholding)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            if (dialect.limitsStatements()) {
                statement.setQueryTimeout((int) INSERT_TIMEOUT.toSeconds());
            }
            statement.setBytes(1, row.id().bytes());
            statement.setString(2, row.backend());
            statement.setBytes(3, bytes(row.customer()));
            statement.setBytes(4, bytes(row.follows()));
            statement.setString(5, row.attribution());
            statement.setString(6, row.payload());
            statement.setLong(7, row.occurredAt());
            if (withholding != null) {
                statement.setLong(8, withholding.state() == Withheld.HELD ? Sql.HELD_AT : Sql.DECLINED_AT);
                statement.setString(9, withholding.state().name());
                statement.setString(10, withholding.reason());
            }
            return executeAndCountRows(statement) > 0;
        } catch (SQLException failure) {
            if (dialect.isRepeatedKey(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static byte @Nullable [] bytes(@Nullable Fingerprint fingerprint) {
        return fingerprint == null ? null : fingerprint.bytes();
    }

    /** Executes a statement that may have several parts, and returns the number of rows that they have changed. */
    private static int executeAndCountRows(PreparedStatement statement) throws SQLException {
        int updated = 0;
        statement.execute();
        for (int count = statement.getUpdateCount(); count >= 0; count = statement.getUpdateCount()) {
            updated += count;
            statement.getMoreResults();
        }
        return updated;
    }

    /** A transaction that had failed before the insert stays as it is. */
    private void returnToSavepoint(Connection callers, SQLException cause) throws SQLException {
        if (IN_FAILED_TRANSACTION.equals(cause.getSQLState())) {
            return;
        }
        try {
            execute(callers, ROLLBACK_TO_SAVEPOINT);
            if (dialect.sendsSavepointWithInsert()) {
                execute(callers, RELEASE_SAVEPOINT);
            }
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
            dialect.endAfterLostSavepoint(callers);
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    Optional<LedgerEntry> find(Connection connection, Fingerprint id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(find)) {
            select.setBytes(1, id.bytes());
            try (ResultSet row = select.executeQuery()) {
                return !row.next() ? Optional.empty() : Optional.of(entry(row, 1, stored));
            }
        }
    }

    /** @param first the column of the backend, before attribution, time, verdict and reason */
    static LedgerEntry entry(ResultSet row, int first, StoredEvents stored) throws SQLException {
        return new LedgerEntry(
                stored.attribution(row.getString(first), row.getString(first + 1)),
                Instant.ofEpochMilli(row.getLong(first + 2)),
                verdict(row.getString(first + 3)),
                row.getString(first + 4),
                withheld(row.getString(first + 3)));
    }

    /** Returns whether the column {@code verdict} says that the event is held or was declined. */
    static @Nullable Withheld withheld(@Nullable String name) {
        return Arrays.stream(Withheld.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Withheld, dead and discarded events have none. */
    private static @Nullable Verdict verdict(@Nullable String name) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    Backlog backlog(Connection connection, String backend) throws SQLException {
        long dead = number(connection, countDead, backend).orElse(0);
        long held = number(connection, countHeld, backend).orElse(0);
        try (PreparedStatement select = connection.prepareStatement(waiting)) {
            select.setString(1, backend);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Backlog(row.getLong(1), Duration.ofMillis(Math.max(0, row.getLong(2))), dead, held);
            }
        }
    }

    /** Counts the events that wait for a backend, but not beyond {@link JdbcOutbox#CLICK_BACKLOG_LIMIT}. */
    long waitingUpToClickLimit(Connection connection, String backend) throws SQLException {
        return number(connection, waitingUpTo, backend).orElse(0);
    }

    /** Returns the time until an event of each backend is due; without backends for which none waits. */
    Map<String, Duration> untilDue(Connection connection, List<String> backends) throws SQLException {
        String each = IntStream.range(0, backends.size())
                .mapToObj(index -> untilDue.formatted(index))
                .collect(Collectors.joining(" UNION ALL "));
        Map<String, Duration> until = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(each)) {
            for (int index = 0; index < backends.size(); index++) {
                select.setString(index + 1, backends.get(index));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long millis = row.getLong(2);
                    if (!row.wasNull()) {
                        until.put(backends.get(row.getInt(1)), Duration.ofMillis(Math.max(0, millis)));
                    }
                }
            }
        }
        return until;
    }

    private static OptionalLong number(Connection connection, String statement, String backend) throws SQLException {
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
        List<DeadEvent> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(dead)) {
            select.setInt(1, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String id = Fingerprint.ofBytes(row.getBytes(1)).toString();
                    Instant occurredAt = Instant.ofEpochMilli(row.getLong(3));
                    events.add(new DeadEvent(id, row.getString(2), occurredAt, row.getInt(4), row.getString(5)));
                }
            }
        }
        return events;
    }

    /** Makes a dead event due again and returns whether there was one. */
    boolean replay(Connection connection, Fingerprint id) throws SQLException {
        return change(connection, replay, id);
    }

    /** Erases the personal data of a dead event and returns whether there was one. */
    boolean discard(Connection connection, Fingerprint id) throws SQLException {
        return change(connection, discard, id);
    }

    /** Erases the personal data of a withheld event and returns whether there was one. */
    boolean decline(Connection connection, Fingerprint id) throws SQLException {
        return change(connection, decline, id);
    }

    /** Leaves the customer out of events that this release cannot read. */
    List<WithheldEvent> withheld(Connection connection, String backend, int limit) throws SQLException {
        List<WithheldEvent> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(withheld)) {
            select.setString(1, backend);
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    events.add(new WithheldEvent(
                            Fingerprint.ofBytes(row.getBytes(1)).toString(),
                            row.getLong(6) == Sql.HELD_AT ? Withheld.HELD : Withheld.DECLINED,
                            row.getString(7),
                            stored.attribution(backend, row.getString(3)),
                            customer(backend, row.getString(3), row.getString(4)),
                            Instant.ofEpochMilli(row.getLong(5)),
                            Instant.ofEpochMilli(row.getLong(8))));
                }
            }
        }
        return events;
    }

    private @Nullable String customer(String backend, String attribution, String payload) {
        try {
            return stored.event(backend, attribution, payload).customerId();
        } catch (IllegalArgumentException ofALaterRelease) {
            return null;
        }
    }

    /**
     * Makes a withheld event due and returns whether there was one. Its age and that of the events that waited for it begins now,
     * because a backend accepts an event for a limited time.
     */
    boolean release(Connection connection, Fingerprint id) throws SQLException {
        if (!change(connection, release, id)) {
            return false;
        }
        for (List<byte[]> next = followers(connection, List.of(id.bytes()));
                !next.isEmpty();
                next = followers(connection, next)) {
            Sql.update(connection, resetAge, List.of(), next);
        }
        return true;
    }

    private List<byte[]> followers(Connection connection, List<byte[]> followed) throws SQLException {
        List<byte[]> found = new ArrayList<>();
        for (int from = 0; from < followed.size(); from += Sql.MOST_IDS) {
            List<byte[]> batch = Sql.filled(followed.subList(from, Math.min(followed.size(), from + Sql.MOST_IDS)));
            try (PreparedStatement select = connection.prepareStatement(Sql.withIds(followers, batch.size()))) {
                for (int index = 0; index < batch.size(); index++) {
                    select.setBytes(index + 1, batch.get(index));
                }
                found.addAll(ids(select));
            }
        }
        return found;
    }

    private static boolean change(Connection connection, String statement, Fingerprint id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setBytes(1, id.bytes());
            return update.executeUpdate() == 1;
        }
    }

    /** An event of a customer, and the click that it follows. */
    record Followed(Fingerprint id, @Nullable Fingerprint click) {}

    /** Returns at most {@value #ERASURE_BATCH} events of a customer. PostgreSQL and SQLite read every waiting event for that. */
    List<Followed> ofCustomer(Connection connection, Fingerprint customer) throws SQLException {
        List<Followed> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ofCustomer)) {
            select.setBytes(1, customer.bytes());
            select.setBytes(2, customer.bytes());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] click = row.getBytes(2);
                    events.add(new Followed(
                            Fingerprint.ofBytes(row.getBytes(1)), click == null ? null : Fingerprint.ofBytes(click)));
                }
            }
        }
        return events;
    }

    /** Erases events of a customer with the clicks that only they follow, and returns the number of rows. */
    int forget(Connection connection, Fingerprint customer, List<Followed> events) throws SQLException {
        Set<Fingerprint> erased = new LinkedHashSet<>();
        for (Followed event : events) {
            if (event.click() != null) {
                erased.add(event.click());
            }
        }
        erased.removeAll(followedByOthers(connection, customer, erased));
        events.forEach(event -> erased.add(event.id()));
        return Sql.update(
                connection,
                delete,
                List.of(),
                erased.stream().map(Fingerprint::bytes).toList());
    }

    private Set<Fingerprint> followedByOthers(Connection connection, Fingerprint customer, Set<Fingerprint> followed)
            throws SQLException {
        Set<Fingerprint> others = new HashSet<>();
        if (followed.isEmpty()) {
            return others;
        }
        List<byte[]> ids = Sql.filled(followed.stream().map(Fingerprint::bytes).toList());
        try (PreparedStatement select = connection.prepareStatement(Sql.withIds(followedByOthers, ids.size()))) {
            int index = 0;
            select.setBytes(++index, customer.bytes());
            for (byte[] id : ids) {
                select.setBytes(++index, id);
            }
            for (byte[] id : ids(select)) {
                others.add(Fingerprint.ofBytes(id));
            }
        }
        return others;
    }

    static List<byte[]> ids(PreparedStatement select) throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getBytes(1));
            }
        }
        return ids;
    }
}
