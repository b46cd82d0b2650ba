package io.reftrail.outbox;

import io.reftrail.model.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait until their backend has given its final answer. One outbox serves all backends and may be shared by
 * many processes, so a sender first claims events for a time, sends them without holding anything of the outbox, and
 * settles each claim. Due times and leases follow the outbox's own clock. Safe for use by many threads.
 */
public interface Outbox extends AutoCloseable {

    /** What became of an event that was handed over. */
    enum Enqueued {
        /** It waits for its backend. */
        ACCEPTED,
        /** An event with the same deduplication key is here or was settled before; this one is dropped. */
        DUPLICATE
    }

    /**
     * Stores an event. When this returns, the event is as safe as the outbox makes it; if it
     * {@linkplain #joinsTransaction() joins} the caller's transaction, once that has committed.
     *
     * @throws OutboxException if the event cannot be stored
     */
    Enqueued enqueue(Event event);

    /** Whether an event enqueued inside the caller's transaction is committed and rolled back with it. */
    boolean joinsTransaction();

    /** Sets what is called, on any thread, when an event may have become due. Must be quick. */
    void onAvailable(Runnable listener);

    /**
     * Claims events of one backend that are due, the oldest first. Until the lease ends nobody else gets them.
     *
     * @param limit how many at most
     * @param lease how long; longer than a send can take
     * @throws OutboxException if the outbox cannot be reached
     */
    List<Claim> claim(String backend, int limit, Duration lease);

    /**
     * Ends a claim. Does nothing if the lease has run out and somebody else has the event now.
     *
     * @throws OutboxException if the outbox cannot be reached; the event will be claimed again after its lease
     */
    void settle(Claim claim, Settlement settlement);

    /** How long until an event of this backend is due: zero if one is, {@code null} if none waits. */
    @Nullable
    Duration untilDue(String backend);

    /** How many events of this backend are neither settled nor dead. */
    int depth(String backend);

    /** The events that were given up, the oldest first. */
    List<DeadEvent> dead();

    /**
     * Gives a dead event a new life.
     *
     * @param id see {@link DeadEvent#id()}
     * @return whether there was such an event
     */
    boolean replay(String id);

    /** Releases what the outbox holds. What is not durable is lost. */
    @Override
    void close();
}
