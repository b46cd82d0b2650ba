package io.reftrail.outbox;

import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store in which events wait until their backend has given its final answer. One outbox serves all backends, and several
 * processes may share it. A sender therefore <em>claims</em> events for the length of a lease, sends them without holding a lock
 * of the outbox, and <em>settles</em> each claim. Due times and leases follow the outbox's own clock.
 *
 * <p>An outbox is also the ledger of what was reported. A settled event loses its personal data and stays as a
 * {@link LedgerEntry} under a keyed hash of its deduplication key. Each event is therefore reported once, and a sale finds the
 * click of its customer long after the cookie is gone. The ledger also keeps each customer's first sign-in.
 *
 * <p>Implementations are safe for use by many threads. {@code OutboxCompatibilityKit} tests what they have to do.
 */
public interface Outbox extends AutoCloseable {

    /** The result of {@link #enqueue}. */
    enum Enqueued {
        /** The event waits for its backend. */
        ACCEPTED,
        /** An event with the same deduplication key is already stored. The new one is dropped. */
        DUPLICATE
    }

    /**
     * Stores an event. If the outbox {@linkplain #joinsTransaction() joins} the caller's transaction, the event is committed and
     * rolled back with it; otherwise it is stored when this method returns.
     *
     * @throws OutboxException if the event cannot be stored; the caller's transaction stays usable
     */
    Enqueued enqueue(Event event);

    /**
     * Stores an event that can be made again from its visitor's cookie. Works as {@link #enqueue}, but an outbox may refuse the
     * event while it still accepts those of customers.
     *
     * @throws OutboxException if the event is not stored
     */
    default Enqueued offer(Event event) {
        return enqueue(event);
    }

    /**
     * Stores an event that is not sent until it is {@linkplain #release released}. Works as {@link #enqueue} otherwise.
     *
     * @param state {@link Withheld#HELD} if events that follow it wait, {@link Withheld#DECLINED} if they are declined as well
     * @param reason the reason, 1 to 40 characters, without personal data
     * @throws OutboxException if the event cannot be stored; the caller's transaction stays usable
     */
    Enqueued withhold(Event event, Withheld state, String reason);

    /** Returns whether an event that this thread enqueues now is committed and rolled back with the caller's transaction. */
    boolean joinsTransaction();

    /**
     * Returns the transactions that this outbox can join, {@link UnitOfWork#NONE} if there are none. An outbox that decorates
     * another one returns that one's.
     */
    UnitOfWork unitOfWork();

    /** Adds a listener that is called, on any thread, when an event may have become due. It must return quickly. */
    void onAvailable(Runnable listener);

    /**
     * Returns whether events may become due without a call of the {@link #onAvailable} listeners, because another process has
     * stored them, or this process before its restart. Senders poll such an outbox.
     */
    boolean isShared();

    /**
     * Claims due events of one backend, the oldest first, without those whose {@linkplain Event#follows() predecessor} still
     * waits or is {@linkplain Withheld#HELD held}. Events of customers, and the clicks that they follow, are claimed before other
     * clicks, at the latest from the second claim on. No other sender gets the events until the lease ends.
     *
     * @param limit the maximum number of events
     * @param lease the length of the lease; longer than a send can take
     * @throws OutboxException if the outbox cannot be reached
     */
    List<Claim> claim(String backend, int limit, Duration lease);

    /**
     * Ends claims, all of them or none. Claims whose lease has ended and whose event another sender has claimed since are
     * skipped.
     *
     * @throws OutboxException if the outbox cannot be reached; unless settled later, the events become due again when their
     *     lease ends
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

    /**
     * Returns the time until the next event of each backend is due: zero if one is due now. Backends for which no event waits are
     * missing.
     *
     * @param backends the names of the backends
     */
    Map<String, Duration> untilDue(Collection<String> backends);

    /** Returns the time until the next event of a backend is due: zero if one is due now, {@code null} if none waits. */
    default @Nullable Duration untilDue(String backend) {
        return untilDue(List.of(backend)).get(backend);
    }

    /** Counts the events of a backend. May take long where a million events wait. */
    Backlog backlog(String backend);

    /** Returns the number of events of a backend that are neither settled nor dead nor withheld. */
    default long depth(String backend) {
        return backlog(backend).waiting();
    }

    /**
     * Returns the dead events, the oldest first.
     *
     * @param limit the maximum number of events
     */
    List<DeadEvent> dead(int limit);

    /**
     * Makes a dead event due again, with its attempts counted from zero.
     *
     * @param id see {@link DeadEvent#id()}
     * @return whether there was such an event
     */
    boolean replay(String id);

    /**
     * Removes a dead event, except for its deduplication key.
     *
     * @param id see {@link DeadEvent#id()}
     * @return whether there was such an event
     */
    boolean discard(String id);

    /**
     * Returns the withheld events of a backend: held ones before declined ones, and of each the oldest first. Leaves out
     * discarded events.
     *
     * @param limit the maximum number of events
     * @throws OutboxException if the outbox cannot be reached
     */
    List<WithheldEvent> withheld(String backend, int limit);

    /**
     * Makes a withheld event due. Its age, and that of the events which wait for it, begins now.
     *
     * @param id see {@link WithheldEvent#id()}
     * @return whether there was such an event
     * @throws OutboxException if the outbox cannot be reached
     */
    boolean release(String id);

    /**
     * Discards a withheld event, except for its deduplication key. It is then {@linkplain Withheld#DECLINED declined} and can no longer be
     * released, and the events that wait for it are declined too.
     *
     * @param id see {@link WithheldEvent#id()}
     * @return whether there was such an event
     * @throws OutboxException if the outbox cannot be reached
     */
    boolean discardWithheld(String id);

    /**
     * Returns the ledger entry of an event, or {@code null} if there is none. Includes what the caller's transaction has
     * enqueued, if the outbox joins it.
     *
     * @param deduplicationKey see {@link Event#deduplicationKey()}
     * @throws OutboxException if the outbox cannot be reached; the caller's transaction stays usable
     */
    @Nullable
    LedgerEntry find(String deduplicationKey);

    /**
     * Returns the ledger entry of a customer's lead, or {@code null} if there is none.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    default @Nullable LedgerEntry find(String backend, String eventName, String customerId) {
        return find(Lead.deduplicationKey(backend, eventName, customerId));
    }

    /**
     * Returns the time of a customer's first recorded sign-in, or {@code null} if none was recorded.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    @Nullable
    Instant firstSignIn(String customerId);

    /**
     * Records sign-ins of customers. The earliest time that was recorded for a customer is kept.
     *
     * @param signIns the times by the customers' ids
     * @throws OutboxException if the outbox cannot be reached
     */
    void recordFirstSignIns(Map<String, Instant> signIns);

    /**
     * Returns the part of this outbox that stores journeys, or {@code null}, which is the default, if it stores none. An outbox that
     * decorates another one returns that one's.
     */
    default @Nullable JourneyStore journeys() {
        return null;
    }

    /**
     * Returns the part of this outbox that stores referrals, or {@code null}, which is the default, if it stores none. An outbox that
     * decorates another one returns that one's.
     */
    default @Nullable ReferralStore referrals() {
        return null;
    }

    /**
     * Returns the part of this outbox that counts recent sign-ups over all processes, or {@code null}, which is the default, if
     * only one process uses it. An outbox that decorates another one returns that one's.
     *
     * @throws io.reftrail.model.InvalidSettingException if a table is missing
     * @throws OutboxException if the outbox cannot be reached
     */
    default @Nullable RecentSignUps recentSignUps() {
        return null;
    }

    /**
     * Changes the record of a payer. The change and the events that it enqueues are stored together or not at all: in the
     * caller's transaction if the outbox joins it, otherwise in one of its own that {@link #enqueue} and {@link #find} of the
     * same thread join. Changes of the same payer run one after the other, also those in different processes.
     *
     * @param keys the payment provider's ids that are known to name one payer; never empty. The records that were stored under
     *     any of them are one record from now on
     * @throws OutboxException if the record cannot be stored; the caller's transaction stays usable
     * @throws RuntimeException from the change; then nothing is stored
     */
    void updatePayer(Set<String> keys, PayerUpdate update);

    /**
     * Requires that {@link #updatePayer} can be used. Called at the start of an application that receives payments.
     *
     * @throws io.reftrail.model.InvalidSettingException if a table is missing
     * @throws OutboxException if the outbox cannot be reached
     */
    void requirePayers();

    /**
     * Returns a keyed hash of a text, as hexadecimal digits. The key belongs to the outbox, so that all processes that share it
     * get the same hash.
     */
    String fingerprint(String text);

    /**
     * Returns all that is stored about a person, as the person may demand (GDPR, article 15): the rows by the usual names of their
     * tables, each as the values of its columns. Times are texts, keyed hashes are hexadecimal.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    Map<String, List<Map<String, @Nullable Object>>> stored(String customerId);

    /**
     * Erases everything about a person: ledger entries, waiting, withheld and dead events, the clicks that they followed, the first
     * sign-in, recent sign-ups, the record of the payer, the journey, and referrals. A later sign-up under the same id counts as
     * that of a new customer.
     *
     * @return the number of erased rows
     * @throws OutboxException if the outbox cannot be reached
     */
    int forget(String customerId);

    /**
     * Returns a customer's events and the clicks that they follow, the oldest first, at most some hundred of them. For operators.
     *
     * @param leadEventNames the event names of leads by backend, by which a confirmation is distinguished from a sale
     * @throws OutboxException if the outbox cannot be reached
     */
    List<CustomerEvent> history(String customerId, Map<String, String> leadEventNames);

    /** Returns the figures of the processes that share this outbox. An outbox that decorates another one returns that one's. */
    Figures figures();

    /**
     * Announces this process as a sender. Senders call it every few seconds.
     *
     * @return the number of processes that send from this outbox, including this one
     * @throws OutboxException if the outbox cannot be reached
     */
    int senders();

    /**
     * Removes some of the data that is older than the outbox's retention. Senders call it at intervals.
     *
     * @return the number of removed events
     * @throws OutboxException if the outbox cannot be reached
     */
    int purge();

    /** Closes the outbox, which then accepts no more events. Events that are not durable are lost. */
    @Override
    void close();
}
