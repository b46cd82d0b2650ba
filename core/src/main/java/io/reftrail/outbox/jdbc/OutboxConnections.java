package io.reftrail.outbox.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a {@link JdbcOutbox} gets connections of its own. Safe for use by many threads. */
interface OutboxConnections extends AutoCloseable {

    /** Something to do with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Does the work in a transaction of its own, committed before this returns and rolled back if it throws. */
    <T> T inTransaction(Work<T> work) throws SQLException;

    /** Gives back what was erased, where the database keeps it; not in a transaction. */
    default void tidyUp() throws SQLException {}

    @Override
    void close();
}
