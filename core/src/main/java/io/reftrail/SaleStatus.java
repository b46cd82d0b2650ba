package io.reftrail;

/** What became of a sale or a refund that was handed to {@link Reftrail}. */
public enum SaleStatus {
    /** It waits in the outbox; the backend will hear of it. */
    ENQUEUED,
    /**
     * When the caller's transaction has committed, it will be enqueued if a partner has brought the customer; and not at all if
     * that rolls back.
     */
    AFTER_COMMIT,
    /** This invoice was reported before. */
    DUPLICATE,
    /** Nothing was paid, as for a trial: no backend takes that for a sale. */
    NO_AMOUNT,
    /**
     * It could not be stored. {@link Reftrail#sale} and {@link Reftrail#refund} throw an {@link EventRefusedException} then;
     * only a {@link SaleListener} receives this status.
     */
    REFUSED;

    static SaleStatus of(EventIntake.Taken taken) {
        return valueOf(taken.name());
    }
}
