package io.reftrail;

import io.reftrail.model.Money;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A refund of a reported sale.
 *
 * @param customerId the application's id of the customer; never blank
 * @param invoiceId the invoice id of the sale; never blank
 * @param refundId the unique id of the refund; never blank
 * @param amount the amount, or {@code null} for the whole sale
 * @param reason the reason without personal data, or {@code null}
 * @param total the sum of all refunds of the sale, including this one, or {@code null} if it is unknown. A vendor that keeps one
 *     sum for each sale needs it when a sale is refunded in parts
 * @param earlierRefundId the id of the refund of the same sale that was reported before this one, or {@code null}
 */
public record RefundRequest(
        String customerId,
        String invoiceId,
        String refundId,
        @Nullable Money amount,
        @Nullable String reason,
        @Nullable Money total,
        @Nullable String earlierRefundId)
        implements Serializable {

    /** @throws IllegalArgumentException if an id is blank */
    public RefundRequest {
        if (customerId.isBlank() || invoiceId.isBlank() || refundId.isBlank()) {
            throw new IllegalArgumentException("a refund has a customer, an invoice and an id");
        }
    }

    /**
     * Creates the refund of a sale that was not refunded before, or for vendors that receive each refund by itself.
     *
     * @throws IllegalArgumentException if an id is blank
     */
    public RefundRequest(
            String customerId, String invoiceId, String refundId, @Nullable Money amount, @Nullable String reason) {
        this(customerId, invoiceId, refundId, amount, reason, null, null);
    }

    /**
     * Returns the refund of a whole sale.
     *
     * @throws IllegalArgumentException if an id is blank
     */
    public static RefundRequest full(String customerId, String invoiceId) {
        return new RefundRequest(customerId, invoiceId, invoiceId, null, null);
    }

    /** Returns this refund with a reason. */
    public RefundRequest because(String reason) {
        return new RefundRequest(customerId, invoiceId, refundId, amount, reason, total, earlierRefundId);
    }

    /**
     * Returns this refund with the sum of the sale's refunds. If the sum is smaller than before, because a refund has failed, the
     * amount of this one is zero.
     *
     * @param total the sum of all refunds of the sale, including this one
     * @param earlierRefundId the id of the refund of the same sale that was reported last, or {@code null} for the first one
     */
    public RefundRequest withTotal(Money total, @Nullable String earlierRefundId) {
        return new RefundRequest(customerId, invoiceId, refundId, amount, reason, total, earlierRefundId);
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "RefundRequest[full=" + (amount == null) + "]";
    }
}
