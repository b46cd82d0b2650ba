package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Statements that end in a list of ids, run for some hundred ids at a time. Lists are filled up to a power of two with
 * their last id, so that a database has few statements to prepare.
 */
final class IdBatches {

    private static final int MOST = 256;

    private IdBatches() {}

    /**
     * Runs a statement.
     *
     * @param statement the text for so many ids
     * @param parameters what stands before the ids
     * @return how many rows were changed
     */
    static int update(Connection connection, IntFunction<String> statement, List<?> parameters, List<byte[]> ids)
            throws SQLException {
        int updated = 0;
        for (int from = 0; from < ids.size(); from += MOST) {
            List<byte[]> batch = filled(ids.subList(from, Math.min(ids.size(), from + MOST)));
            try (PreparedStatement update = connection.prepareStatement(statement.apply(batch.size()))) {
                int index = 0;
                for (Object parameter : parameters) {
                    update.setObject(++index, parameter);
                }
                for (byte[] id : batch) {
                    update.setBytes(++index, id);
                }
                updated += update.executeUpdate();
            }
        }
        return updated;
    }

    /** Returns the ids, filled up. */
    static List<byte[]> filled(List<byte[]> ids) {
        int size = Integer.highestOneBit(ids.size());
        List<byte[]> filled = new ArrayList<>(ids);
        while (filled.size() < (size == ids.size() ? size : size * 2)) {
            filled.add(ids.get(ids.size() - 1));
        }
        return filled;
    }
}
