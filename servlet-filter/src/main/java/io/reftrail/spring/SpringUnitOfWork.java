package io.reftrail.spring;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.UnitOfWork;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The Spring transaction of the current thread. An action that runs after the commit never fails the caller. Thread-safe. */
public final class SpringUnitOfWork implements UnitOfWork {

    private static final Logger logger = LoggerFactory.getLogger(SpringUnitOfWork.class);

    @Override
    public void afterCommit(Runnable action) {
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new AfterCommit(action));
        } else {
            action.run();
        }
    }

    /**
     * Runs an action after the commit, unless the transaction, or the nested one that the action was registered in, is rolled back.
     * The action runs in {@code afterCompletion}, because a synchronization that another one's {@code afterCommit} registers
     * receives no earlier callback.
     */
    private static final class AfterCommit implements TransactionSynchronization {

        private final Runnable action;
        private final Set<Object> laterSavepoints = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean isRolledBack;

        AfterCommit(Runnable action) {
            this.action = action;
        }

        @Override
        public void savepoint(Object savepoint) {
            laterSavepoints.add(savepoint);
        }

        /** A savepoint that was not announced to this synchronization is older than the action. */
        @Override
        public void savepointRollback(Object savepoint) {
            isRolledBack |= !laterSavepoints.contains(savepoint);
        }

        @Override
        public void afterCompletion(int status) {
            try {
                if (status == STATUS_COMMITTED && !isRolledBack) {
                    action.run();
                }
            } catch (RuntimeException failure) {
                logger.warn("Could not report a lead after the commit", RedactedFailure.of(failure));
            }
        }
    }
}
