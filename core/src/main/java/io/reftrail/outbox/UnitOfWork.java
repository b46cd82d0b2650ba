package io.reftrail.outbox;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The caller's transaction, if there is one. Lets core wait for its end, and an outbox in the same database take part in
 * it, without knowing a transaction manager.
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

    /**
     * The connection that the calling thread's transaction holds to the outbox's database, or {@code null} if there is no
     * such transaction or it cannot be written in. It stays the caller's: nobody else commits, rolls back or closes it.
     */
    default @Nullable Connection connection() {
        return null;
    }
}
