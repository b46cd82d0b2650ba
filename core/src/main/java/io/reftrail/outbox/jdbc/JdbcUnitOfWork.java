package io.reftrail.outbox.jdbc;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on plain JDBC connections, for applications without a transaction manager. Safe for use by many threads;
 * a transaction belongs to the thread that runs it.
 *
 * <pre>{@code
 * unitOfWork.run(connection, () -> {
 *     insertAccount(connection, account);
 *     reftrail.lead(exchange, customer);
 * });
 * }</pre>
 */
public final class JdbcUnitOfWork implements UnitOfWork {

    private static final Logger logger = LoggerFactory.getLogger(JdbcUnitOfWork.class);

    /** The work of an application in its transaction. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        /** Performs the work; its changes are committed or rolled back together. */
        void run() throws SQLException, E;
    }

    private record Transaction(Connection connection, Deque<Runnable> afterCommit) {}

    /** An instance field, because applications with two databases have two instances. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    /**
     * Runs work in a transaction of this connection and commits it; rolls back if it throws. Leads that are reported in it
     * are committed and rolled back with it. The connection stays open, in the commit mode it came in.
     *
     * @throws SQLException from the work, or if the commit has failed
     * @throws E from the work
     * @throws IllegalStateException if this thread is in a transaction already
     */
    public <E extends Exception> void run(Connection connection, Work<E> work) throws SQLException, E {
        if (current.get() != null) {
            throw new IllegalStateException("this thread is in a transaction already");
        }
        Transaction transaction = new Transaction(connection, new ArrayDeque<>());
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean committed = false;
        current.set(transaction);
        try {
            work.run();
            connection.commit();
            committed = true;
        } finally {
            current.remove();
            end(connection, committed, autoCommit);
        }
        transaction.afterCommit().forEach(JdbcUnitOfWork::runSafely);
    }

    /**
     * Does not throw, so that the result of the work is not hidden. A connection that cannot be rolled back is aborted, so that
     * it is not committed.
     */
    private static void end(Connection connection, boolean committed, boolean autoCommit) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(autoCommit);
        } catch (SQLException failure) {
            logger.warn(
                    "A connection could not be reset after its transaction and is aborted",
                    RedactedFailure.of(failure));
            abort(connection);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            logger.debug("A connection could not be aborted", RedactedFailure.of(gone));
        }
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            logger.warn("An action after the commit failed", RedactedFailure.of(failure));
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        Transaction transaction = current.get();
        if (transaction == null) {
            action.run();
        } else {
            transaction.afterCommit().add(action);
        }
    }

    @Override
    public @Nullable Connection connection() {
        Transaction transaction = current.get();
        return transaction == null ? null : transaction.connection();
    }
}
