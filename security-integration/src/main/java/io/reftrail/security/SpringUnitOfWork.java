package io.reftrail.security;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Spring's transaction of the current thread. What is asked for after the commit never fails the caller. Waits for the
 * completion: a synchronization that is registered by another one's {@code afterCommit} is called for nothing earlier.
 */
public final class SpringUnitOfWork implements UnitOfWork {

    private static final Logger logger = LoggerFactory.getLogger(SpringUnitOfWork.class);

    @Override
    public void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                try {
                    if (status == STATUS_COMMITTED) {
                        action.run();
                    }
                } catch (RuntimeException failure) {
                    logger.warn("A lead could not be reported after the commit", RedactedFailure.of(failure));
                }
            }
        });
    }
}
