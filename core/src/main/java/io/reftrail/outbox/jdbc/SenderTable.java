package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code reftrail_sender}: the processes that send from one outbox, with the time of their last heartbeat. Works on
 * connections that others begin and commit.
 */
final class SenderTable {

    /** The age of the last heartbeat of a process that is taken to have ended. */
    static final long GONE_AFTER_MILLIS = 30_000;

    private final String id = UUID.randomUUID().toString();
    private final String update;
    private final String insert;
    private final String gone;
    private final String delete;
    private final String count;

    SenderTable(Sql sql) {
        this.update = sql.text("UPDATE reftrail_sender SET seen_at = {now} WHERE id = ?");
        this.insert = sql.text("INSERT INTO reftrail_sender (id, seen_at) VALUES (?, {now})");
        this.gone = sql.text("SELECT id FROM reftrail_sender WHERE seen_at < {now} - " + GONE_AFTER_MILLIS);
        this.delete = sql.text("DELETE FROM reftrail_sender WHERE id = ?");
        this.count = sql.text("SELECT COUNT(*) FROM reftrail_sender");
    }

    /** Returns the id of this process. */
    String id() {
        return id;
    }

    /** Writes this process's heartbeat, removes processes that have ended, and returns the number of those that live. */
    int heartbeat(Connection connection) throws SQLException {
        if (change(connection, update, id) == 0) {
            change(connection, insert, id);
        }
        for (String other : gone(connection)) {
            change(connection, delete, other);
        }
        try (PreparedStatement statement = connection.prepareStatement(count);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Math.max(1, row.getInt(1));
        }
    }

    /** A DELETE by time would lock the rows of the processes that live. */
    private List<String> gone(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(gone);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    int remove(Connection connection) throws SQLException {
        return change(connection, delete, id);
    }

    private static int change(Connection connection, String text, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setString(1, id);
            return statement.executeUpdate();
        }
    }
}
