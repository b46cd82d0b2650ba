package io.reftrail.spring;

import io.reftrail.model.RedactedFailure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Runs an action once the transaction has committed, and never if what the action belongs to was rolled back: the whole
 * transaction, or the nested one it was asked for in. Waits for the completion: a synchronization that is registered by
 * another one's {@code afterCommit} is called for nothing earlier.
 */
final class AfterCommitSynchronization implements TransactionSynchronization {

    private static final Logger logger = LoggerFactory.getLogger(SpringUnitOfWork.class);

    private final Runnable action;
    private final Set<Object> laterSavepoints = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean undone;

    AfterCommitSynchronization(Runnable action) {
        this.action = action;
    }

    @Override
    public void savepoint(Object savepoint) {
        laterSavepoints.add(savepoint);
    }

    /** A savepoint that was not announced here is older than the action. */
    @Override
    public void savepointRollback(Object savepoint) {
        undone |= !laterSavepoints.contains(savepoint);
    }

    @Override
    public void afterCompletion(int status) {
        try {
            if (status == STATUS_COMMITTED && !undone) {
                action.run();
            }
        } catch (RuntimeException failure) {
            logger.warn("A lead could not be reported after the commit", RedactedFailure.of(failure));
        }
    }
}
