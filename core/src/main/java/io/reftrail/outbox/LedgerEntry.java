package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in the ledger.
 *
 * @param attribution the click that the event is attributed to, with everything that the backend has answered so far
 * @param occurredAt the time at which the event happened
 * @param verdict the backend's final answer, or {@code null} while there is none or if the event is dead
 * @param reason the reason for the verdict or for giving the event up; for an event that was recorded after failed attempts, the
 *     reason of the last one; for a withheld event, the reason of the policy; {@code null} if there is none yet
 * @param withheld whether the event is held or was declined; {@code null} if neither
 */
public record LedgerEntry(
        Attribution attribution,
        Instant occurredAt,
        @Nullable Verdict verdict,
        @Nullable String reason,
        @Nullable Withheld withheld) {

    /** Creates the entry of an event that is not withheld. */
    public LedgerEntry(
            Attribution attribution, Instant occurredAt, @Nullable Verdict verdict, @Nullable String reason) {
        this(attribution, occurredAt, verdict, reason, null);
    }

    /** Returns whether the event was declined, so that what follows it is declined too. */
    public boolean isDeclined() {
        return withheld == Withheld.DECLINED;
    }
}
