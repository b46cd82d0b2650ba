package io.reftrail.spring;

import io.reftrail.outbox.UnitOfWork;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Spring's transaction of the current thread. What is asked for after the commit never fails the caller. */
public final class SpringUnitOfWork implements UnitOfWork {

    @Override
    public void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new AfterCommitSynchronization(action));
    }
}
