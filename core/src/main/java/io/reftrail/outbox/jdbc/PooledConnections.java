package io.reftrail.outbox.jdbc;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.OutboxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of the application's {@link DataSource}: each piece of work borrows one and returns it unchanged. Transactions run
 * in READ COMMITTED, in which a claim locks no gaps that an application's INSERT would wait for. A server that sends nothing for
 * {@link #SILENCE} is given up, except while it changes the schema.
 */
final class PooledConnections extends Connections {

    static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    private static final int UNKNOWN = -1;

    private final DataSource dataSource;

    /** The isolation of the pool's connections, read once because some drivers ask the server for it. */
    private volatile int isolation = UNKNOWN;

    /** The address of the database of the first connection. */
    private volatile @Nullable String url;

    PooledConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    <T> T inTransaction(Work<T> work) throws SQLException {
        return borrowed(connection -> {
            boolean autoCommit = connection.getAutoCommit();
            if (isolation == UNKNOWN) {
                isolation = connection.getTransactionIsolation();
            }
            try {
                if (autoCommit) {
                    connection.setAutoCommit(false);
                }
                if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                }
                return committed(connection, work);
            } finally {
                restore(connection, autoCommit);
            }
        });
    }

    /** In auto-commit mode, in which the usual pool's connections are, this is one round trip. */
    @Override
    <T> T inOneStatement(Work<T> work) throws SQLException {
        return borrowed(connection -> connection.getAutoCommit() ? work.with(connection) : committed(connection, work));
    }

    @Override
    <T> T reading(Work<T> work) throws SQLException {
        return inOneStatement(work);
    }

    @Override
    void allowLongStatements(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLFeatureNotSupportedException none) {
            logger.debug("The driver has no timeout that could be lifted");
        }
    }

    private <T> T borrowed(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            requireSameDatabase(connection);
            int timeout = limitSilence(connection);
            try {
                return work.with(connection);
            } finally {
                restoreTimeout(connection, timeout);
            }
        }
    }

    /**
     * A routing {@link DataSource} chooses the database by the calling thread. A lead in another database than the one that is
     * polled would never be sent.
     */
    private void requireSameDatabase(Connection connection) throws SQLException {
        String here = connection.getMetaData().getURL();
        if (url == null) {
            url = here;
        } else if (!url.equals(here)) {
            throw new OutboxException("the DataSource has returned a connection to another database than at the start;"
                    + " give the outbox the DataSource of one database");
        }
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollBack(connection, failure);
            throw failure;
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            cause.addSuppressed(broken);
            abort(connection);
        }
    }

    /** Not every pool resets a connection. One that cannot be reset is aborted. */
    private void restore(Connection connection, boolean autoCommit) {
        try {
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException broken) {
            logger.debug("A connection could not be reset", RedactedFailure.of(broken));
            abort(connection);
        }
    }

    /** Returns the timeout to restore, or -1 if the driver has none. */
    private static int limitSilence(Connection connection) throws SQLException {
        try {
            int timeout = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
            return timeout;
        } catch (SQLFeatureNotSupportedException none) {
            return -1;
        }
    }

    private static void restoreTimeout(Connection connection, int timeout) {
        try {
            if (timeout >= 0) {
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
        } catch (SQLException broken) {
            logger.debug("The timeout of a connection could not be reset", RedactedFailure.of(broken));
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

    /** The pool belongs to the application. */
    @Override
    public void close() {}
}
