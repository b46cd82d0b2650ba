package io.reftrail.outbox;

import io.reftrail.model.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait until their backend has given its final answer. One outbox serves all backends and may be shared by
 * many processes, so a sender first claims events for a time, sends them without holding anything of the outbox, and
 * settles each claim. Due times and leases follow the outbox's own clock. What was settled stays in the
 * {@link CustomerLedger}. Safe for use by many threads.
 */
public interface Outbox extends CustomerLedger, AutoCloseable {

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
     * @throws OutboxException if the event cannot be stored; a transaction that it would have joined goes on without it
     */
    Enqueued enqueue(Event event);

    /**
     * Stores an event that its visitor's cookie can make anew; as {@link #enqueue}, but it may be refused where there is room
     * left for others.
     *
     * @throws OutboxException if the event is not stored
     */
    default Enqueued offer(Event event) {
        return enqueue(event);
    }

    /** Whether an event that this thread enqueued now would be committed and rolled back with the caller's transaction. */
    boolean joinsTransaction();

    /** Sets what is called, on any thread, when an event may have become due. Must be quick. */
    void onAvailable(Runnable listener);

    /**
     * Whether events may become due without {@link #onAvailable} being called, because another process or a former life
     * of this one has left them: then a sender has to look now and then.
     */
    boolean isShared();

    /**
     * Claims events of one backend that are due, the oldest first, and none whose
     * {@linkplain Event#follows() predecessor} still waits. Customers' events, and the clicks that they follow, go before other
     * clicks, at the latest from the second claim on. Until the lease ends nobody else gets them.
     *
     * @param limit how many at most
     * @param lease how long; longer than a send can take
     * @throws OutboxException if the outbox cannot be reached
     */
    List<Claim> claim(String backend, int limit, Duration lease);

    /**
     * Ends claims, all of them or none. Passes those whose lease has run out and whose event somebody else has now.
     *
     * @throws OutboxException if the outbox cannot be reached; without another try the events are claimed again after
     *     their lease
     */
    void settle(List<Settled> claims);

    /**
     * Ends one claim.
     *
     * @throws OutboxException see {@link #settle(List)}
     */
    default void settle(Claim claim, Settlement settlement) {
        settle(List.of(new Settled(claim, settlement)));
    }

    /** How long until an event of this backend is due: zero if one is, {@code null} if none waits. */
    @Nullable
    Duration untilDue(String backend);

    /** What waits for this backend. May be slow where a million events do. */
    Backlog backlog(String backend);

    /** How many events of this backend are neither settled nor dead. */
    default long depth(String backend) {
        return backlog(backend).waiting();
    }

    /**
     * The events that were given up, the oldest first.
     *
     * @param limit how many at most
     */
    List<DeadEvent> dead(int limit);

    /**
     * Gives a dead event a new life.
     *
     * @param id see {@link DeadEvent#id()}
     * @return whether there was such an event
     */
    boolean replay(String id);

    /**
     * Forgets a dead event for good, all but its deduplication key.
     *
     * @param id see {@link DeadEvent#id()}
     * @return whether there was such an event
     */
    boolean discard(String id);

    /**
     * Announces this process as a sender; to be called every few seconds.
     *
     * @return how many processes send from this outbox, this one included
     * @throws OutboxException if the outbox cannot be reached
     */
    int senders();

    /**
     * Removes what is older than the outbox's retention; to be called now and then.
     *
     * @return how many events were removed
     * @throws OutboxException if the outbox cannot be reached
     */
    int purge();

    /** Releases what the outbox holds. What is not durable is lost. */
    @Override
    void close();
}
