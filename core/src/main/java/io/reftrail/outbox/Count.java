package io.reftrail.outbox;

import io.reftrail.model.Decision.Stage;
import io.reftrail.model.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The number of decisions that had the same reason, and the money that they were about.
 *
 * @param from the beginning of the period in which they were counted; {@link Instant#EPOCH} for a count that is added to
 *     {@link Figures} and has no period yet
 * @param stage the stage of the decisions
 * @param event the kind of event that was delivered, or {@code null} if the decision is not about one
 * @param backend the backend, or {@code null} if the decisions concern none or all
 * @param reason the {@linkplain io.reftrail.model.Decision.Reason#text() text} of the reason
 * @param currency the ISO 4217 code of the amount, or {@code null} if the decisions are not about money
 * @param events the number of decisions
 * @param amount the sum in the currency's minor unit; zero without a currency
 */
public record Count(
        Instant from,
        Stage stage,
        Event.@Nullable Type event,
        @Nullable String backend,
        String reason,
        @Nullable String currency,
        long events,
        long amount) {}
