package io.reftrail.outbox;

import io.reftrail.model.Lead;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was reported of which customer, one entry for each backend, event name and customer. Entries stay when their event
 * is settled, so that a customer is reported once, and so that sales find their click long after the cookie is gone.
 * Holds a keyed hash in place of the customer's id.
 */
public interface CustomerLedger {

    /**
     * Returns the entry of an event, or {@code null} if none was made or it was forgotten. Sees what the caller's
     * transaction has enqueued, where the outbox joins it.
     *
     * @param deduplicationKey see {@link io.reftrail.model.Event#deduplicationKey()}
     * @throws OutboxException if the ledger cannot be reached; a transaction that it would have looked in goes on
     */
    @Nullable
    LedgerEntry find(String deduplicationKey);

    /**
     * Returns the entry of a customer's lead, or {@code null} if none was made or it was forgotten.
     *
     * @throws OutboxException if the ledger cannot be reached
     */
    default @Nullable LedgerEntry find(String backend, String eventName, String customerId) {
        return find(Lead.deduplicationKey(backend, eventName, customerId));
    }

    /**
     * Returns since when a customer is known, or {@code null} if nobody has {@linkplain #remember remembered} them.
     *
     * @throws OutboxException if the ledger cannot be reached
     */
    @Nullable
    Instant knownSince(String customerId);

    /**
     * Remembers since when customers are known; whoever is known longer stays so.
     *
     * @param since the time by the customer's id
     * @throws OutboxException if the ledger cannot be reached
     */
    void remember(Map<String, Instant> since);

    /**
     * Erases everything about a person: entries, waiting events and dead ones, and the clicks that they followed. Whoever signs up under this id later is a
     * new customer.
     *
     * @return how many entries and events were erased
     * @throws OutboxException if the ledger cannot be reached
     */
    int forget(String customerId);
}
