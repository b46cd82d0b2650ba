package io.reftrail.outbox;

/**
 * The caller's transaction, if there is one. Lets core wait for its end without knowing a transaction manager.
 */
@FunctionalInterface
public interface UnitOfWork {

    /** For callers without transactions: everything is committed at once. */
    UnitOfWork NONE = Runnable::run;

    /**
     * Runs the action after the current transaction has committed, and at once if there is none. After a rollback it
     * never runs.
     */
    void afterCommit(Runnable action);
}
