package io.reftrail.payments;

/** The part of a payment that is reported as the sale. */
public enum PaymentAmount {
    /** What was paid, without tax. */
    NET,
    /** What was paid, with tax. */
    GROSS
}
