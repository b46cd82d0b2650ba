package io.reftrail.benchmarks;

import io.reftrail.outbox.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions of an application without any framework: one for a thread at a time. */
public final class CallersTransaction implements UnitOfWork {

    private static final class Running {
        private final Connection connection;
        private final List<Runnable> afterCommit = new ArrayList<>(1);

        private Running(Connection connection) {
            this.connection = connection;
        }
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work {

        /** Does it, with the transaction's connection. */
        void on(Connection connection) throws SQLException;
    }

    private final Map<Thread, Running> running = new ConcurrentHashMap<>();

    /** Does the work and commits. */
    public void run(DataSource dataSource, Work work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Running transaction = new Running(connection);
            running.put(Thread.currentThread(), transaction);
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                running.remove(Thread.currentThread());
                connection.setAutoCommit(true);
            }
            transaction.afterCommit.forEach(Runnable::run);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        Running transaction = running.get(Thread.currentThread());
        if (transaction == null) {
            action.run();
        } else {
            transaction.afterCommit.add(action);
        }
    }

    @Override
    public @Nullable Connection connection() {
        Running transaction = running.get(Thread.currentThread());
        return transaction == null ? null : transaction.connection;
    }
}
