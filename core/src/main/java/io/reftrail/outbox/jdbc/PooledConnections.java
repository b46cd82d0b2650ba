package io.reftrail.outbox.jdbc;

import io.reftrail.model.RedactedFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of the application's {@link DataSource}, one for each piece of work and given back as they came. Work runs
 * in READ COMMITTED, where claiming locks no gaps that an application's insert would wait for. A server that has gone
 * silent is given up after {@link #SILENCE}.
 */
final class PooledConnections implements OutboxConnections {

    private static final Logger logger = LoggerFactory.getLogger(PooledConnections.class);

    static final Duration SILENCE = Duration.ofSeconds(30);

    private static final int UNKNOWN = -1;

    private final DataSource dataSource;

    /** What the pool's connections come with; learned once, because drivers ask the server for it. */
    private volatile int isolation = UNKNOWN;

    PooledConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (isolation == UNKNOWN) {
                isolation = connection.getTransactionIsolation();
            }
            int timeout = limitSilence(connection);
            try {
                if (autoCommit) {
                    connection.setAutoCommit(false);
                }
                if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                }
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                restore(connection, autoCommit, timeout);
            }
        }
    }

    /** As it came, whatever has happened: not every pool sees to that. A connection that cannot be is broken off. */
    private void restore(Connection connection, boolean autoCommit, int timeout) {
        try {
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            if (timeout >= 0) {
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
        } catch (SQLException broken) {
            logger.debug("A connection could not be restored", RedactedFailure.of(broken));
            breakOff(connection);
        }
    }

    private static void breakOff(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            logger.debug("A connection could not be broken off", RedactedFailure.of(gone));
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            cause.addSuppressed(broken);
            breakOff(connection);
        }
    }

    /** Returns the timeout to set again, or -1 if the driver has none. */
    private static int limitSilence(Connection connection) throws SQLException {
        try {
            int timeout = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
            return timeout;
        } catch (SQLFeatureNotSupportedException none) {
            return -1;
        }
    }

    /** The application's, not ours to close. */
    @Override
    public void close() {}
}
