package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That something was reported.
 *
 * @param attribution the click that it is credited to, with all that the backend has said so far
 * @param occurredAt when the event happened
 * @param verdict the backend's final answer, or {@code null} while there is none, or if the event was given up
 * @param reason why, or {@code null} if nothing has been said yet
 */
public record LedgerEntry(
        Attribution attribution,
        Instant occurredAt,
        @Nullable Verdict verdict,
        @Nullable String reason) {}
