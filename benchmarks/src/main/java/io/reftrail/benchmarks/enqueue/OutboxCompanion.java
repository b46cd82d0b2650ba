package io.reftrail.benchmarks.enqueue;

import io.reftrail.benchmarks.StubBackend;
import io.reftrail.outbox.jdbc.JdbcOutbox;

/** Our way: a lead in the outbox, which is a table of the same database. */
final class OutboxCompanion implements Companion {

    private final JdbcOutbox outbox;

    /** @param outbox takes part in the transaction of the current thread */
    OutboxCompanion(JdbcOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void accompany(String customer) {
        outbox.enqueue(StubBackend.lead(customer));
    }
}
