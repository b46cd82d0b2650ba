package io.reftrail.backend;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One row of a backend's outcome table: a reply to one kind of event and what it means. The table is what the
 * {@link TrackingBackendCompatibilityKit} tests, and what {@code docs/backends.md} shows.
 *
 * @param type the kind of event that was sent
 * @param status the reply's status code
 * @param retryAfter the reply's {@code Retry-After}, or {@code null}
 * @param body the reply's body; {@code HTML} stands for a page of HTML, {@code empty} for none
 * @param verdict what it means
 * @param pause how long the queue rests, for {@link Verdict#PAUSE}, or {@code null}
 * @param meaning the same in words, for the documentation, with the section of the contract
 */
public record OutcomeRow(
        Event.Type type,
        int status,
        @Nullable String retryAfter,
        String body,
        Verdict verdict,
        @Nullable Duration pause,
        String meaning) {

    /** A row without {@code Retry-After} and without a pause. */
    public static OutcomeRow of(Event.Type type, int status, String body, Verdict verdict, String meaning) {
        return new OutcomeRow(type, status, null, body, verdict, null, meaning);
    }

    /** Returns this row as one of a pause. */
    public OutcomeRow pausing(Duration pause) {
        return new OutcomeRow(type, status, retryAfter, body, verdict, pause, meaning);
    }

    /** Returns this row with a {@code Retry-After} header. */
    public OutcomeRow retryAfter(String retryAfter) {
        return new OutcomeRow(type, status, retryAfter, body, verdict, pause, meaning);
    }
}
