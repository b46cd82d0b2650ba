package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The SQL of one outbox: its database's dialect, its tables' names, and its clock. All times are milliseconds since 1970 by the
 * database's clock, so that neither time zones nor the clocks of nodes matter. Immutable.
 */
final class Sql {

    /** The {@code due_at} of dead events: the end of the year 9999. */
    static final long DEAD_AT = 253_402_300_799_999L;

    /** The {@code due_at} of held events. A release without held events takes them for events that are due much later. */
    static final long HELD_AT = DEAD_AT - 2;

    /**
     * The {@code due_at} of declined events that can be released. It follows {@link #HELD_AT}, so that held events are listed
     * first.
     */
    static final long DECLINED_AT = DEAD_AT - 1;

    /** The largest number of ids in one statement. */
    static final int MOST_IDS = 256;

    private static final String IDS = "{ids}";

    final Dialect dialect;
    private final TableNames names;
    private final String now;

    Sql(Dialect dialect, TableNames names) {
        this(dialect, names, dialect.now());
    }

    /** @param now the expression for the time, for tests with a clock of their own */
    Sql(Dialect dialect, TableNames names, String now) {
        this.dialect = dialect;
        this.names = names;
        this.now = now;
    }

    /**
     * Completes a statement.
     *
     * @param template the statement with the usual table names, {@code {now}} for the time and {@code {held}}, {@code {declined}} and
     *     {@code {dead}} for the due times of such events; waiting events are due before {@code {held}}
     */
    String text(String template) {
        return names.in(template)
                .replace("{now}", now)
                .replace("{held}", Long.toString(HELD_AT))
                .replace("{declined}", Long.toString(DECLINED_AT))
                .replace("{dead}", Long.toString(DEAD_AT));
    }

    /**
     * Runs a statement that ends in a list of ids, for at most {@value #MOST_IDS} ids at a time.
     *
     * @param statement a text of this class with {@code {ids}} in place of the list
     * @param parameters the parameters before the ids
     * @return the number of changed rows
     */
    static int update(Connection connection, String statement, List<?> parameters, List<byte[]> ids)
            throws SQLException {
        int updated = 0;
        for (int from = 0; from < ids.size(); from += MOST_IDS) {
            List<byte[]> batch = filled(ids.subList(from, Math.min(ids.size(), from + MOST_IDS)));
            try (PreparedStatement update = connection.prepareStatement(withIds(statement, batch.size()))) {
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

    /** Returns a statement with as many parameters as there are ids. */
    static String withIds(String statement, int ids) {
        return statement.replace(IDS, String.join(", ", Collections.nCopies(ids, "?")));
    }

    /** Returns the ids with the last one repeated up to a power of two, so that a database has few statements to prepare. */
    static List<byte[]> filled(List<byte[]> ids) {
        int size = Integer.highestOneBit(ids.size());
        List<byte[]> filled = new ArrayList<>(ids);
        while (filled.size() < (size == ids.size() ? size : size * 2)) {
            filled.add(ids.get(ids.size() - 1));
        }
        return filled;
    }
}
