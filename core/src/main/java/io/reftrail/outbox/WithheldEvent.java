package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that is not sent until an operator releases it.
 *
 * @param id the outbox's id of the event
 * @param state whether it is held or declined
 * @param reason the reason, as the policy has given it
 * @param attribution the click that the event is attributed to
 * @param customerId the application's id of the customer, or {@code null} if only a later release can read the event
 * @param occurredAt the time of the event
 * @param since the time from which it is withheld, by the outbox's clock
 */
public record WithheldEvent(
        String id,
        Withheld state,
        String reason,
        Attribution attribution,
        @Nullable String customerId,
        Instant occurredAt,
        Instant since) {

    /** Returns a description without the customer and the click. */
    @Override
    public String toString() {
        return "WithheldEvent[id=" + id + ", backend=" + attribution.backend() + ", state=" + state + ", reason="
                + reason + "]";
    }
}
