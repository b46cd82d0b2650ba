package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a customer was reported.
 *
 * @param attribution the click that the customer is credited to
 * @param occurredAt when the event happened
 * @param verdict the backend's final answer, or {@code null} while there is none
 */
public record LedgerEntry(
        Attribution attribution,
        Instant occurredAt,
        @Nullable Verdict verdict) {}
