package io.reftrail;

import io.reftrail.model.Decision;

/** The status of a reported sale, refund, trial or cancellation at one backend. */
public enum SaleStatus implements Decision.Reason {
    /** The event is stored in the outbox and will be sent. */
    ENQUEUED,
    /**
     * The event will be stored when the caller's transaction has committed, if the customer's lead was reported by then; not if the
     * transaction rolls back.
     */
    AFTER_COMMIT,
    /** The invoice or refund was reported before. */
    DUPLICATE,
    /** The amount is zero, as for a trial. */
    NO_AMOUNT,
    /** The customer's lead was not reported to the backend. Never in a {@link SaleReport}, only in a decision. */
    NO_LEAD,
    /** A policy has declined the customer's lead, so its sales are not reported. The sale of a held lead waits for the lead. */
    LEAD_DECLINED,
    /** The customer's partner was {@linkplain Reftrail#reattribute changed} by hand, so the sale is not reported to this backend. */
    UNATTRIBUTED,
    /**
     * The event could not be stored. {@link Reftrail#sale} and {@link Reftrail#refund} throw an {@link EventRefusedException}; only
     * listeners and decisions have this status.
     */
    REFUSED;

    static SaleStatus of(TransactionalEnqueue.Result result) {
        return switch (result) {
            case ENQUEUED, HELD -> ENQUEUED;
            case AFTER_COMMIT -> AFTER_COMMIT;
            case DUPLICATE -> DUPLICATE;
            case DECLINED -> LEAD_DECLINED;
            case REFUSED -> REFUSED;
            case NOTHING -> NO_LEAD;
        };
    }

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.SALE;
    }
}
