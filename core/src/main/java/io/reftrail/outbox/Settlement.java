package io.reftrail.outbox;

import io.reftrail.model.Outcome;
import java.time.Duration;

/** The end of a claim. */
public sealed interface Settlement {

    /**
     * The backend has given its final answer. The event's personal data is removed, its deduplication key is kept.
     *
     * @param outcome the answer
     */
    record Done(Outcome outcome) implements Settlement {}

    /**
     * The event is sent again, and an attempt is spent.
     *
     * @param delay the time until then
     * @param reason the cause of the failure
     */
    record Retry(Duration delay, String reason) implements Settlement {}

    /**
     * The event is sent again, and no attempt is spent, because the event did not cause the failure.
     *
     * @param delay the time until then
     */
    record Postponed(Duration delay) implements Settlement {}

    /**
     * The event is dead. It is kept with its reason until an operator replays or discards it.
     *
     * @param reason the reason
     */
    record Dead(String reason) implements Settlement {}

    /**
     * The event is not sent, because the lead that it follows was declined. Its personal data is removed, its deduplication key
     * is kept.
     *
     * @param reason the reason
     */
    record Declined(String reason) implements Settlement {}
}
