package io.reftrail.testing;

import io.reftrail.outbox.UnitOfWork;
import java.util.ArrayList;
import java.util.List;

/** The caller's transaction, ended by hand. */
public final class HandRunTransaction implements UnitOfWork {

    private final List<Runnable> actions = new ArrayList<>();

    @Override
    public void afterCommit(Runnable action) {
        actions.add(action);
    }

    /** Commits, and runs what waits for it. */
    public void commit() {
        List<Runnable> due = List.copyOf(actions);
        actions.clear();
        due.forEach(Runnable::run);
    }

    /** Rolls back, and forgets what waits. */
    public void rollback() {
        actions.clear();
    }
}
