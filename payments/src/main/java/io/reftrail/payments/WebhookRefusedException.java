package io.reftrail.payments;

import io.reftrail.PaymentReason;

/** Thrown for a delivery that is not the payment provider's, is too old, or cannot be read. Nothing of it is stored. */
public final class WebhookRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PaymentReason reason;

    /**
     * @param reason {@link PaymentReason#FORGED}, {@link PaymentReason#STALE}, {@link PaymentReason#TOO_LONG} or
     *     {@link PaymentReason#UNREADABLE}
     */
    public WebhookRefusedException(PaymentReason reason) {
        super("The webhook was refused: " + reason.text());
        this.reason = reason;
    }

    /** Returns why it was refused. */
    public PaymentReason reason() {
        return reason;
    }
}
