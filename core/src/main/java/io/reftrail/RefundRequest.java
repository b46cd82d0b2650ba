package io.reftrail;

import io.reftrail.model.Money;
import org.jspecify.annotations.Nullable;

/**
 * A customer is given money back for a sale that was reported.
 *
 * @param customerId the application's id of the customer; never blank
 * @param invoiceId the id that the sale was reported under; never blank
 * @param refundId what makes the refund unique; never blank
 * @param amount how much, or {@code null} for all of it
 * @param reason why, in words that hold nothing personal, or {@code null}
 */
public record RefundRequest(
        String customerId,
        String invoiceId,
        String refundId,
        @Nullable Money amount,
        @Nullable String reason) {

    /** @throws IllegalArgumentException if an id is blank */
    public RefundRequest {
        if (customerId.isBlank() || invoiceId.isBlank() || refundId.isBlank()) {
            throw new IllegalArgumentException("a refund has a customer, an invoice and an id");
        }
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
        return new RefundRequest(customerId, invoiceId, refundId, amount, reason);
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "RefundRequest[full=" + (amount == null) + "]";
    }
}
