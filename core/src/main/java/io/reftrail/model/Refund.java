package io.reftrail.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer has been given money back.
 *
 * @param attribution the click that the sale was credited to
 * @param customerId the application's id of the customer, as it was reported with the sale; never blank
 * @param invoiceId the id that the sale was reported under; never blank
 * @param refundId what makes the refund unique; never blank. A refund that is reported again under the same id counts once
 * @param amount how much, or {@code null} for all of it
 * @param reason why, in words that hold nothing personal, or {@code null}
 * @param occurredAt when
 * @param follows see {@link Event#follows()}
 */
public record Refund(
        Attribution attribution,
        String customerId,
        String invoiceId,
        String refundId,
        @Nullable Money amount,
        @Nullable String reason,
        Instant occurredAt,
        @Nullable String follows)
        implements Event {

    /** @throws IllegalArgumentException if an id is blank */
    public Refund {
        if (customerId.isBlank() || invoiceId.isBlank() || refundId.isBlank()) {
            throw new IllegalArgumentException("a refund has a customer, an invoice and an id");
        }
    }

    /** Returns the refund of a sale that has been reported under this invoice id. */
    public static Refund of(
            Attribution attribution,
            String customerId,
            String invoiceId,
            String refundId,
            @Nullable Money amount,
            @Nullable String reason,
            Instant occurredAt) {
        String sale = Sale.deduplicationKey(attribution.backend(), invoiceId);
        return new Refund(attribution, customerId, invoiceId, refundId, amount, reason, occurredAt, sale);
    }

    @Override
    public Type type() {
        return Type.REFUND;
    }

    @Override
    public Refund withAttribution(Attribution attribution) {
        return new Refund(attribution, customerId, invoiceId, refundId, amount, reason, occurredAt, follows);
    }

    @Override
    public String deduplicationKey() {
        return String.join("\n", backend(), "", "refund", refundId);
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "Refund[backend=" + backend() + ", occurredAt=" + occurredAt + "]";
    }
}
