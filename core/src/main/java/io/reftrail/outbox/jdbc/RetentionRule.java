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
final class Purge {

    private static final int CHUNK = 500;

    private final String select;
    private final String change;
    private final Duration limit;

    private Purge(String select, String change, Duration limit) {
        this.select = select;
        this.change = change;
        this.limit = limit;
    }

    /** Returns the rules of an outbox, in the order in which they apply. */
    static List<Purge> rules(Sql sql, Duration retention, Duration deadRetention) {
        String delete = sql.text("DELETE FROM reftrail_event WHERE due_at IS NULL AND id IN ({ids})");
        Purge abandoned = new Purge(sql.text("""
                        SELECT id FROM reftrail_event
                        WHERE due_at < {now} - ? LIMIT ?"""), sql.text("""
                        UPDATE reftrail_event SET due_at = {dead}, verdict = 'DEAD',
                        reason = 'nobody has sent it', lease = NULL, settled_at = {now}
                        WHERE due_at < {now} AND id IN ({ids})"""), JdbcOutbox.ABANDONED_AFTER);
        Purge clicks = new Purge(sql.text("""
                        SELECT id FROM reftrail_event
                        WHERE due_at IS NULL AND customer IS NULL AND settled_at < {now} - ? LIMIT ?"""), delete, shorter(JdbcOutbox.CLICK_RETENTION, retention));
        Purge dead = new Purge(sql.text("""
                        SELECT id FROM reftrail_event
                        WHERE due_at = {dead} AND settled_at < {now} - ? LIMIT ?"""), sql.text("""
                        UPDATE reftrail_event SET due_at = NULL, payload = NULL
                        WHERE due_at = {dead} AND id IN ({ids})"""), deadRetention);
        Purge settled = new Purge(sql.text("""
                        SELECT id FROM reftrail_event
                        WHERE due_at IS NULL AND customer IS NOT NULL AND settled_at < {now} - ? LIMIT ?"""), delete, retention);
        Purge withheld = new Purge(sql.text("""
                        SELECT id FROM reftrail_event
                        WHERE due_at >= {held} AND due_at <= {declined} AND settled_at < {now} - ? LIMIT ?"""), sql.text("""
                        UPDATE reftrail_event SET due_at = NULL, payload = NULL, verdict = 'DECLINED'
                        WHERE due_at >= {held} AND due_at <= {declined} AND id IN ({ids})"""), deadRetention);
        return List.of(abandoned, clicks, dead, withheld, settled);
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
    int change(Connection connection, List<byte[]> ids) throws SQLException {
        return Sql.update(connection, change, List.of(), ids);
    }
}
