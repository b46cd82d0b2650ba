package io.reftrail.outbox;

import java.time.Duration;

/**
 * The part of an outbox that counts recent sign-ups by network, over all processes. Networks and customers are keyed hashes. Safe
 * for use by many threads.
 */
public interface RecentSignUps {

    /** The longest time within which sign-ups are counted. Older ones are removed. */
    Duration LONGEST_PERIOD = Duration.ofHours(1);

    /**
     * Adds a sign-up, in the caller's transaction if the outbox joins it, and returns the number of other customers from the network.
     *
     * @param network the {@linkplain Outbox#fingerprint keyed hash} of backend, partner and network
     * @param customer the keyed hash of the customer's id
     * @param period the time before now within which sign-ups are counted, at most {@link #LONGEST_PERIOD}
     * @throws OutboxException if it cannot be stored; the caller's transaction stays usable
     */
    int add(String network, String customer, Duration period);
}
