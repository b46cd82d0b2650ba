package io.reftrail.spring;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/**
 * The Spring transaction of the current thread on one {@link DataSource}, including those of JPA and Hibernate. It passes the
 * transaction's connection to an outbox in that database, so that a lead is committed or rolled back with the sign-up. It passes none
 * if it cannot be certain that what is written through the connection will be committed; the outbox then waits for the commit and
 * uses a connection of its own. Thread-safe.
 */
public final class SpringJdbcUnitOfWork implements UnitOfWork {

    private static final Logger logger = LoggerFactory.getLogger(SpringJdbcUnitOfWork.class);

    private final SpringUnitOfWork transactions = new SpringUnitOfWork();
    private final DataSource dataSource;

    /** @param dataSource the data source of the transaction manager, also behind a transaction-aware proxy */
    public SpringJdbcUnitOfWork(DataSource dataSource) {
        DataSource target = dataSource;
        while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
            target = proxy.getTargetDataSource();
        }
        this.dataSource = target;
    }

    @Override
    public void afterCommit(Runnable action) {
        transactions.afterCommit(action);
    }

    /** Never throws. */
    @Override
    public @Nullable Connection connection() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                || !(TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder)
                || mayNotBeCommitted(holder)
                || isCommitted()) {
            return null;
        }
        try {
            Connection connection = holder.getConnection();
            return connection.getAutoCommit() || connection.isReadOnly() ? null : connection;
        } catch (SQLException | RuntimeException failure) {
            logger.debug("Cannot use the transaction's connection", RedactedFailure.of(failure));
            return null;
        }
    }

    /**
     * Returns whether Spring may have fetched the connection for a query inside the transaction of another database. Spring closes
     * such a connection at the end without a commit. Its synchronization cannot be distinguished from others of the same order.
     */
    private static boolean mayNotBeCommitted(ConnectionHolder holder) {
        return holder.isSynchronizedWithTransaction()
                && TransactionSynchronizationManager.getSynchronizations().stream()
                        .anyMatch(synchronization ->
                                synchronization.getOrder() == DataSourceUtils.CONNECTION_SYNCHRONIZATION_ORDER);
    }

    /** Returns whether an {@code afterCommit} callback is running: there is no second commit. Only the stack shows it. */
    private static boolean isCommitted() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames ->
                        frames.anyMatch(frame -> frame.getDeclaringClass() == TransactionSynchronizationUtils.class
                                && frame.getMethodName().equals("invokeAfterCommit")));
    }
}
