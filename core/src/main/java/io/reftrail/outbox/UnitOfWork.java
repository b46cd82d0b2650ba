package io.reftrail.outbox;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The caller's transaction, if there is one. Core waits for its end, and an outbox in the same database joins it, without
 * depending on a transaction manager.
 */
@FunctionalInterface
public interface UnitOfWork {

    /** The unit of work of callers without transactions: every action runs at once. */
    UnitOfWork NONE = Runnable::run;

    /**
     * Runs the action after the current transaction has committed, or at once if there is none. After a rollback the action
     * does not run.
     */
    void afterCommit(Runnable action);

    /**
     * Returns the connection of the calling thread's transaction to the outbox's database, or {@code null} if there is no such
     * transaction or it is read-only. The caller alone commits, rolls back and closes it.
     */
    default @Nullable Connection connection() {
        return null;
    }
}
