package io.reftrail.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund to a customer.
 *
 * @param attribution the click that the sale is attributed to
 * @param customerId the application's id of the customer, as it was reported with the sale; never blank
 * @param invoiceId the id that the sale was reported under; never blank
 * @param refundId the unique id of the refund; never blank. A refund with an id that was reported before is a duplicate
 * @param amount the amount, or {@code null} for a full refund. Zero if a refund has failed and only the total changes
 * @param total the sum of all refunds of the sale, including this one, or {@code null} if it is unknown
 * @param reason the reason, without personal data, or {@code null}
 * @param occurredAt the time of the refund
 * @param follows see {@link Event#follows()}
 */
public record Refund(
        Attribution attribution,
        String customerId,
        String invoiceId,
        String refundId,
        @Nullable Money amount,
        @Nullable Money total,
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
        return new Refund(attribution, customerId, invoiceId, refundId, amount, null, reason, occurredAt, sale);
    }

    /** Returns this refund with the sum of all refunds of the sale. */
    public Refund withTotal(@Nullable Money total) {
        return new Refund(attribution, customerId, invoiceId, refundId, amount, total, reason, occurredAt, follows);
    }

    /** Returns this refund, to be sent after an earlier refund of the same sale instead of after the sale. */
    public Refund after(String earlierRefundId) {
        return new Refund(
                attribution,
                customerId,
                invoiceId,
                refundId,
                amount,
                total,
                reason,
                occurredAt,
                deduplicationKey(backend(), earlierRefundId));
    }

    @Override
    public Type type() {
        return Type.REFUND;
    }

    @Override
    public Refund withAttribution(Attribution attribution) {
        return new Refund(attribution, customerId, invoiceId, refundId, amount, total, reason, occurredAt, follows);
    }

    @Override
    public String deduplicationKey() {
        return deduplicationKey(backend(), refundId);
    }

    private static String deduplicationKey(String backend, String refundId) {
        return String.join("\n", backend, "", "refund", refundId);
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "Refund[backend=" + backend() + ", occurredAt=" + occurredAt + "]";
    }
}
