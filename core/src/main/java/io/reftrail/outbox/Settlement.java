package io.reftrail.outbox;

import io.reftrail.model.Outcome;
import java.time.Duration;

/** How a claim ends. */
public sealed interface Settlement {

    /**
     * The backend has given its final answer: the event is forgotten, its deduplication key is kept.
     *
     * @param outcome the answer
     */
    record Done(Outcome outcome) implements Settlement {}

    /**
     * Send it again, an attempt is spent.
     *
     * @param delay when
     * @param reason why the attempt failed
     */
    record Retry(Duration delay, String reason) implements Settlement {}

    /**
     * It was not the event's fault: send it again, no attempt is spent.
     *
     * @param delay when
     */
    record Postponed(Duration delay) implements Settlement {}

    /**
     * Given up; kept with its reason until somebody replays it.
     *
     * @param reason why
     */
    record Dead(String reason) implements Settlement {}
}
