package io.reftrail.backend;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of a backend's outcome table: a reply to one kind of event and what it means. The table is what the
 * {@link TrackingBackendCompatibilityKit} tests, and what {@code docs/backends.md} shows.
 *
 * @param type the kind of event that was sent
 * @param status the reply's status code
 * @param retryAfter the reply's {@code Retry-After}, or {@code null}
 * @param body the reply's body; {@code HTML} stands for a page of HTML, {@code empty} for none, {@code cut} for a document
 *     that ends too early, {@code garbage} for what is no text, {@code deep} for 5,000 open brackets
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

    /** When the replies of all rows arrive; a date in a {@code Retry-After} counts from here. */
    public static final Instant RECEIVED = Instant.parse("2026-03-01T10:15:30Z");

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

    /** Returns the reply that the row is about, as it arrives at {@link #RECEIVED}. */
    public HttpReply reply() {
        String arrived =
                switch (body) {
                    case "empty" -> "";
                    case "HTML" -> "\n<!DOCTYPE html><html><body>Bad gateway</body></html>";
                    case "garbage" -> "\u0000\u0007}{";
                    case "cut" -> "{\"status\":\"recorded\",\"conv";
                    case "deep" -> "[".repeat(5_000);
                    default -> body;
                };
        return new HttpReply(status, retryAfter, arrived, RECEIVED);
    }
}
