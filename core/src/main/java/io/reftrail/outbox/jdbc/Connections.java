package io.reftrail.outbox.jdbc;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.OutboxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** The source of a {@link JdbcOutbox}'s own connections. Safe for use by many threads. */
abstract class Connections implements AutoCloseable {

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Runs work in a transaction of its own, which is committed before this returns and rolled back if the work throws. */
    abstract <T> T inTransaction(Work<T> work) throws SQLException;

    /** Runs work of one statement, which is a transaction by itself. */
    <T> T inOneStatement(Work<T> work) throws SQLException {
        return inTransaction(work);
    }

    /** Runs work that only reads, and that may take long without blocking writers. */
    <T> T reading(Work<T> work) throws SQLException {
        return inTransaction(work);
    }

    /** Lets the statements of the current work take as long as they need, as building an index of a large table does. */
    void allowLongStatements(Connection connection) throws SQLException {}

    /** Overwrites erased data, where the database would otherwise keep it. Not for use in a transaction. */
    void tidyUp() throws SQLException {}

    @Override
    public abstract void close();

    /**
     * Runs {@link #inTransaction} and converts its failure.
     *
     * @param what the action in the failure's message, a verb phrase
     */
    final <T> T runInTransaction(String what, Work<T> work) {
        try {
            return inTransaction(work);
        } catch (SQLException failure) {
            throw failed(what, failure);
        }
    }

    /**
     * Runs {@link #inOneStatement} and converts its failure.
     *
     * @param what the action in the failure's message, a verb phrase
     */
    final <T> T runInOneStatement(String what, Work<T> work) {
        try {
            return inOneStatement(work);
        } catch (SQLException failure) {
            throw failed(what, failure);
        }
    }

    /**
     * Runs {@link #reading} and converts its failure.
     *
     * @param what the action in the failure's message, a verb phrase
     */
    final <T> T runReading(String what, Work<T> work) {
        try {
            return reading(work);
        } catch (SQLException failure) {
            throw failed(what, failure);
        }
    }

    /** Runs work in the caller's transaction, which stays usable if the work fails. */
    static <T> T behindSavepoint(String what, Connection callers, Work<T> work) {
        try {
            Savepoint savepoint = callers.setSavepoint();
            try {
                T result = work.with(callers);
                callers.releaseSavepoint(savepoint);
                return result;
            } catch (SQLException | RuntimeException failure) {
                returnTo(savepoint, callers, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw failed(what, failure);
        }
    }

    /**
     * If the savepoint is gone, the database has rolled the transaction back. The connection is then ended, so that the caller
     * cannot commit the second half of a transaction.
     */
    private static void returnTo(Savepoint savepoint, Connection callers, Exception cause) throws SQLException {
        try {
            callers.rollback(savepoint);
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
            try {
                callers.abort(Runnable::run);
            } catch (SQLException cannot) {
                callers.close();
            }
        }
    }

    /** Returns the exception for a failure of the database, without its message, which may contain personal data. */
    static OutboxException failed(String what, SQLException failure) {
        String state = failure.getSQLState();
        String code = state == null ? "" : ", SQL state " + state;
        return new OutboxException(
                "the database could not " + what + ": " + failure.getClass().getSimpleName() + code,
                RedactedFailure.of(failure));
    }
}
