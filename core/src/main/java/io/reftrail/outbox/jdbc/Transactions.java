package io.reftrail.outbox.jdbc;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.OutboxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An outbox's own transactions, whose failures are {@link OutboxException}s. */
final class Transactions implements AutoCloseable {

    private final OutboxConnections connections;
    private final @Nullable String url;

    /** @param url where the database is, if its driver says so */
    Transactions(OutboxConnections connections, @Nullable String url) {
        this.connections = connections;
        this.url = url;
    }

    /** @param what what is tried, for the message */
    <T> T run(String what, OutboxConnections.Work<T> work) {
        try {
            return connections.inTransaction(work);
        } catch (SQLException failure) {
            throw failed(what, failure);
        }
    }

    /** Runs work in the caller's transaction, which can go on whatever becomes of the work. */
    <T> T behindSavepoint(String what, Connection callers, OutboxConnections.Work<T> work) {
        try {
            Savepoint savepoint = callers.setSavepoint();
            try {
                T result = work.with(callers);
                callers.releaseSavepoint(savepoint);
                return result;
            } catch (SQLException failure) {
                returnTo(savepoint, callers, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw failed(what, failure);
        }
    }

    /** Where the savepoint is gone, so is the transaction: the connection is broken off, lest half of it be committed. */
    private static void returnTo(Savepoint savepoint, Connection callers, SQLException cause) throws SQLException {
        try {
            callers.rollback(savepoint);
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
            breakOff(callers);
        }
    }

    private static void breakOff(Connection callers) throws SQLException {
        try {
            callers.abort(Runnable::run);
        } catch (SQLException cannot) {
            callers.close();
        }
    }

    /** Whether a connection leads to the database of these transactions. */
    boolean isOwn(Connection connection) throws SQLException {
        return Objects.equals(url, connection.getMetaData().getURL());
    }

    /** Gives back what was erased, where the database keeps it. */
    void tidyUp() {
        try {
            connections.tidyUp();
        } catch (SQLException failure) {
            throw failed("tidy up", failure);
        }
    }

    static OutboxException failed(String what, SQLException failure) {
        String state = failure.getSQLState();
        String code = state == null ? "" : ", SQL state " + state;
        return new OutboxException(
                "the database could not " + what + ": " + failure.getClass().getSimpleName() + code,
                RedactedFailure.of(failure));
    }

    @Override
    public void close() {
        connections.close();
    }
}
