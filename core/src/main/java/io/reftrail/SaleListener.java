package io.reftrail;

import io.reftrail.model.Event;

/**
 * A listener that is notified of each sale, refund, trial and cancellation, for meters. Called on the caller's thread; must not
 * block.
 */
@FunctionalInterface
public interface SaleListener {

    /** A listener that does nothing. */
    SaleListener NONE = (backend, type, status) -> {};

    /**
     * Called for each backend that the customer's lead was reported to. After {@link SaleStatus#AFTER_COMMIT} it is called again with
     * the final status when the transaction has committed.
     *
     * @param type the kind of event: a sale, a refund, a trial or a cancellation
     */
    void onSale(String backend, Event.Type type, SaleStatus status);
}
