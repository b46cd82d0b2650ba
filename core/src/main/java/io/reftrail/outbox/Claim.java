package io.reftrail.outbox;

import io.reftrail.model.Event;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event that a sender holds for a time.
 *
 * @param id the outbox's id of the event
 * @param leaseToken tells this claim from a later one of the same event
 * @param event what to send
 * @param attempts how often it was sent before
 * @param age how long ago it was enqueued
 * @param predecessor what became of the event that this one {@linkplain Event#follows() follows}, or {@code null} if it
 *     follows none, or one that is not known here
 */
public record Claim(
        String id,
        String leaseToken,
        Event event,
        int attempts,
        Duration age,
        @Nullable LedgerEntry predecessor) {

    /** The claim of an event that follows none. */
    public Claim(String id, String leaseToken, Event event, int attempts, Duration age) {
        this(id, leaseToken, event, attempts, age, null);
    }
}
