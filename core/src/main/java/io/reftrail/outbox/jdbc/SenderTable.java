package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code reftrail_sender}: the processes that send from one outbox, with the time of their last heartbeat. Runs in the
 * transactions of its callers.
 */
final class SenderTable {

    /** The age of the last heartbeat of a process that is taken to have ended. */
    static final long GONE_AFTER_MILLIS = 30_000;

    private final String id = UUID.randomUUID().toString();
    private final String update;
    private final String insert;
    private final String select;
    private final String delete;

    SenderTable(Sql sql) {
        this.update = sql.text("UPDATE reftrail_sender SET seen_at = {now} WHERE id = ?");
        this.insert = sql.text("INSERT INTO reftrail_sender (id, seen_at) VALUES (?, {now})");
        this.select = sql.text("SELECT id, CASE WHEN seen_at < {now} - " + GONE_AFTER_MILLIS
                + " THEN 1 ELSE 0 END FROM reftrail_sender");
        this.delete = sql.text("DELETE FROM reftrail_sender WHERE id = ?");
    }

    /** Returns the id of this process. */
    String id() {
        return id;
    }

    /** Writes this process's heartbeat, removes processes that have ended, and returns the number of those that are alive. */
    int heartbeat(Connection connection) throws SQLException {
        if (change(connection, update, id) == 0) {
            change(connection, insert, id);
        }
        List<String> gone = new ArrayList<>();
        int living = 0;
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (row.getInt(2) == 1) {
                    gone.add(row.getString(1));
                } else {
                    living++;
                }
            }
        }
        // A DELETE by time would lock the rows of processes that are alive.
        for (String other : gone) {
            change(connection, delete, other);
        }
        return Math.max(1, living);
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
