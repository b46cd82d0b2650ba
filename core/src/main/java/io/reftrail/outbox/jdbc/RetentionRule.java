package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A rule of retention: what happens to rows of {@code reftrail_event} that are older than a limit. Finds
 * at most {@value #CHUNK} rows at a time, so that no sign-up waits for their change. Runs in the transactions of its callers.
 */
final class RetentionRule {

    private static final int CHUNK = 500;

    private final String select;
    private final String change;
    private final Duration limit;

    private RetentionRule(String select, String change, Duration limit) {
        this.select = select;
        this.change = change;
        this.limit = limit;
    }

    /** Returns the rules of an outbox, in the order in which they apply. */
    static List<RetentionRule> all(Sql sql, Duration retention, Duration deadRetention) {
        String delete = sql.text("DELETE FROM reftrail_event WHERE due_at IS NULL AND id IN ({ids})");
        String waiting = sql.text("SELECT id FROM reftrail_event WHERE due_at < {now} - ? LIMIT ?");
        String abandon = sql.text("""
                UPDATE reftrail_event SET due_at = {dead}, verdict = 'DEAD', reason = 'nobody has sent it',
                lease = NULL, settled_at = {now}
                WHERE due_at < {now} AND id IN ({ids})""");
        String settledClicks = sql.text("""
                SELECT id FROM reftrail_event
                WHERE due_at IS NULL AND customer IS NULL AND settled_at < {now} - ? LIMIT ?""");
        String dead = sql.text("""
                SELECT id FROM reftrail_event
                WHERE due_at = {dead} AND settled_at < {now} - ? LIMIT ?""");
        String settleDead = sql.text("""
                UPDATE reftrail_event SET due_at = NULL, payload = NULL
                WHERE due_at = {dead} AND id IN ({ids})""");
        String withheld = sql.text("""
                SELECT id FROM reftrail_event
                WHERE due_at >= {held} AND due_at <= {declined} AND settled_at < {now} - ? LIMIT ?""");
        String decline = sql.text("""
                UPDATE reftrail_event SET due_at = NULL, payload = NULL, verdict = 'DECLINED'
                WHERE due_at >= {held} AND due_at <= {declined} AND id IN ({ids})""");
        String settledOfCustomers = sql.text("""
                SELECT id FROM reftrail_event
                WHERE due_at IS NULL AND customer IS NOT NULL AND settled_at < {now} - ? LIMIT ?""");
        return List.of(
                new RetentionRule(waiting, abandon, JdbcOutbox.ABANDONED_AFTER),
                new RetentionRule(settledClicks, delete, shorter(JdbcOutbox.CLICK_RETENTION, retention)),
                new RetentionRule(dead, settleDead, deadRetention),
                new RetentionRule(withheld, decline, deadRetention),
                new RetentionRule(settledOfCustomers, delete, retention));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Returns the ids of rows that are older than the limit. In an SQLite file this may read all waiting events, so do not call
     * it in a transaction that writes.
     */
    List<byte[]> older(Connection connection) throws SQLException {
        try (PreparedStatement older = connection.prepareStatement(select)) {
            older.setLong(1, limit.toMillis());
            older.setInt(2, CHUNK);
            return EventTable.ids(older);
        }
    }

    /** Changes rows that {@link #older} has found and that are still in that state, and returns their number. */
    int apply(Connection connection, List<byte[]> ids) throws SQLException {
        return Sql.update(connection, change, List.of(), ids);
    }
}
