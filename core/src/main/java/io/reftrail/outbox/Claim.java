package io.reftrail.outbox;

import io.reftrail.model.Event;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The right of one sender to send an event, until its lease ends. Nothing runs at that time: the next {@link Outbox#claim} of any
 * sender returns the event again, {@linkplain #reclaimed marked}. From that claim on, a settlement of the earlier one changes
 * nothing.
 *
 * @param id the outbox's id of the event
 * @param leaseToken the token that distinguishes this claim from later ones of the same event
 * @param event the event to send
 * @param attempts the number of earlier attempts
 * @param age how long ago it was enqueued
 * @param predecessor what became of the event that this one {@linkplain Event#follows() follows}, or {@code null} if it follows
 *     none, or one that is not known here
 * @param reclaimed whether an earlier claim ended without a settlement, so that the backend may have received the event
 */
public record Claim(
        String id,
        String leaseToken,
        Event event,
        int attempts,
        Duration age,
        @Nullable LedgerEntry predecessor,
        boolean reclaimed) {

    /** Creates the first claim of an event without a predecessor. */
    public Claim(String id, String leaseToken, Event event, int attempts, Duration age) {
        this(id, leaseToken, event, attempts, age, null, false);
    }
}
