package io.reftrail.outbox;

import java.sql.SQLException;

/** An outbox's own transactions, whose failures are {@link OutboxException}s. */
final class Transactions implements AutoCloseable {

    private final OutboxConnections connections;

    Transactions(OutboxConnections connections) {
        this.connections = connections;
    }

    /** @param what what is tried, for the message */
    <T> T run(String what, OutboxConnections.Work<T> work) {
        try {
            return connections.inTransaction(work);
        } catch (SQLException failure) {
            throw failed(what, failure);
        }
    }

    static OutboxException failed(String what, SQLException failure) {
        String state = failure.getSQLState();
        String code = state == null ? "" : ", SQL state " + state;
        return new OutboxException(
                "the database could not " + what + ": " + failure.getClass().getSimpleName() + code, failure);
    }

    @Override
    public void close() {
        connections.close();
    }
}
