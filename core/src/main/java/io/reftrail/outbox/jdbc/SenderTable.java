package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The processes that send from one outbox, each with the time it was last seen. */
final class SenderTable {

    /** A sender that was not seen for this long is gone. */
    static final long GONE_AFTER_MILLIS = 30_000;

    private final String id = UUID.randomUUID().toString();
    private final Statements sql;

    SenderTable(Statements sql) {
        this.sql = sql;
    }

    /** What tells this process from others. */
    String id() {
        return id;
    }

    /** Says that this process lives, forgets those that do not, and returns how many do. */
    int announce(Connection connection) throws SQLException {
        if (update(connection, "UPDATE reftrail_sender SET seen_at = " + sql.now + " WHERE id = ?") == 0) {
            update(connection, "INSERT INTO reftrail_sender (id, seen_at) VALUES (?, " + sql.now + ")");
        }
        for (String other : gone(connection)) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM reftrail_sender WHERE id = ?")) {
                delete.setString(1, other);
                delete.executeUpdate();
            }
        }
        try (PreparedStatement count = connection.prepareStatement("SELECT COUNT(*) FROM reftrail_sender");
                ResultSet row = count.executeQuery()) {
            row.next();
            return Math.max(1, row.getInt(1));
        }
    }

    /** Looked up first: a DELETE by time would lock the rows of all that live. */
    private List<String> gone(Connection connection) throws SQLException {
        List<String> gone = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT id FROM reftrail_sender WHERE seen_at < " + sql.now + " - " + GONE_AFTER_MILLIS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                gone.add(row.getString(1));
            }
        }
        return gone;
    }

    int leave(Connection connection) throws SQLException {
        return update(connection, "DELETE FROM reftrail_sender WHERE id = ?");
    }

    private int update(Connection connection, String text) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(text)) {
            update.setString(1, id);
            return update.executeUpdate();
        }
    }
}
