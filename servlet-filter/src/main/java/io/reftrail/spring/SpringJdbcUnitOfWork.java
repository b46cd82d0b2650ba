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
 * Spring's transaction of the current thread on one {@link DataSource}, JPA's and Hibernate's included. Hands its
 * connection to an outbox in that database, so that a lead is committed and rolled back with the sign-up. Where it is not
 * certain that somebody will commit what is written through a connection, there is none: the outbox then waits for the
 * commit and takes a connection of its own.
 */
public final class SpringJdbcUnitOfWork implements UnitOfWork {

    private static final Logger logger = LoggerFactory.getLogger(SpringJdbcUnitOfWork.class);

    private final SpringUnitOfWork transactions = new SpringUnitOfWork();
    private final DataSource dataSource;

    /** @param dataSource the one that the transaction manager works on, as a bean or behind a transaction-aware proxy */
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
                || mayBelongToNobody(holder)
                || isCommitted()) {
            return null;
        }
        try {
            Connection connection = holder.getConnection();
            return connection.getAutoCommit() || connection.isReadOnly() ? null : connection;
        } catch (SQLException | RuntimeException failure) {
            logger.debug("The transaction's connection cannot be used", RedactedFailure.of(failure));
            return null;
        }
    }

    /**
     * Whether Spring may have fetched the connection for a reader inside the transaction of another database: it is then
     * closed at the end, not committed. Such a connection has a synchronization, but which one it is cannot be seen.
     */
    private static boolean mayBelongToNobody(ConnectionHolder holder) {
        return holder.isSynchronizedWithTransaction()
                && TransactionSynchronizationManager.getSynchronizations().stream()
                        .anyMatch(synchronization ->
                                synchronization.getOrder() == DataSourceUtils.CONNECTION_SYNCHRONIZATION_ORDER);
    }

    /** Whether an {@code afterCommit} callback is running: nobody commits a second time, and only the stack tells. */
    private static boolean isCommitted() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames ->
                        frames.anyMatch(frame -> frame.getDeclaringClass() == TransactionSynchronizationUtils.class
                                && frame.getMethodName().equals("invokeAfterCommit")));
    }
}
