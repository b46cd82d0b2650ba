package io.reftrail.outbox;

import io.reftrail.journey.Conversion;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an outbox that stores the journeys of customers, under the application's own id of a customer. It commits and rolls
 * back with the caller's transaction where {@link Outbox#joinsTransaction()} says so; otherwise a change is stored when the
 * method returns. {@link Outbox#forget} erases a journey, and {@link Outbox#purge} those that are older than the retention. Safe
 * for use by many threads.
 */
public interface JourneyStore {

    /** The longest customer's id, invoice's id and partner's code, in characters. */
    int LONGEST_ID = 255;

    /**
     * Stores the touches of a customer who has signed up, unless the customer has a journey.
     *
     * @param touches at least one, in order of time
     * @return whether the customer had no journey
     * @throws OutboxException if they cannot be stored, also for an id longer than {@value #LONGEST_ID}; the caller's transaction
     *     stays usable
     */
    boolean open(String customerId, List<Touch> touches, Conversion signUp);

    /**
     * Adds a conversion to a journey, unless it has one of this kind and id.
     *
     * @return whether the customer has a journey and it did not have the conversion
     * @throws OutboxException if it cannot be stored; the caller's transaction stays usable
     */
    boolean add(String customerId, Conversion conversion);

    /**
     * Returns the journey of a customer, including what the caller's transaction has stored, or {@code null} if there is none.
     *
     * @throws OutboxException if the outbox cannot be reached; the caller's transaction stays usable
     */
    @Nullable
    Journey find(String customerId);

    /**
     * Corrects the partner of a customer: the partners' touches no longer count, and the new partner is a touch {@linkplain
     * Touch.Origin#BY_HAND by hand}. Opens a journey if there is none.
     *
     * @param touch the touch of the new partner, or {@code null} if no partner has brought the customer
     * @throws OutboxException if it cannot be stored; the caller's transaction stays usable
     */
    void correct(String customerId, Correction correction, @Nullable Touch touch);
}
