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
 */
public record RefundRequest(
        String customerId,
        String invoiceId,
        String refundId,
        @Nullable Money amount,
        @Nullable String reason) implements Serializable {

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

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "RefundRequest[full=" + (amount == null) + "]";
    }
}
