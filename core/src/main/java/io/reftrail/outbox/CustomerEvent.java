package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of one customer, or the click that it follows, for operators. Holds no personal data.
 *
 * @param backend the name of the backend
 * @param type the kind of event, or {@code null} if it was erased with the event's data and cannot be derived from the events
 *     before it
 * @param confirms whether the event is a lead that confirms an earlier one
 * @param attribution the click that the event is attributed to
 * @param occurredAt the time of the event
 * @param state what has become of it
 * @param attempts the number of failed attempts
 * @param verdict the backend's final answer, or {@code null} if there is none
 * @param reason the reason for the verdict, for giving the event up or withholding it, or for the last failed attempt; {@code null} if
 *     there is none
 * @param changedAt when it was settled, given up or withheld, or when a waiting event is due
 * @param amount the amount of a sale or refund; {@code null} if there is none or it was erased
 */
public record CustomerEvent(
        String backend,
        Event.@Nullable Type type,
        boolean confirms,
        Attribution attribution,
        Instant occurredAt,
        State state,
        int attempts,
        @Nullable Verdict verdict,
        @Nullable String reason,
        @Nullable Instant changedAt,
        @Nullable Money amount) {

    /** The state of an event. */
    public enum State {
        /** The event waits for its backend. */
        WAITING,
        /** The event waits for an operator. */
        HELD,
        /** The event was declined, and can be released until it is discarded. */
        DECLINED,
        /** The backend has given its final answer. */
        SETTLED,
        /** The event was given up, and can be replayed. */
        DEAD,
        /** The event was given up and removed. */
        DISCARDED
    }
}
