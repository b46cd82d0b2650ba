package io.reftrail;

import io.reftrail.model.Event;

/** Told what became of each sale and refund: the hook for metrics. Called on the caller's thread; must not block. */
@FunctionalInterface
public interface SaleListener {

    /** Listens to nothing. */
    SaleListener NONE = (backend, type, status) -> {};

    /**
     * Called for each backend that a paying customer was reported to; after {@link SaleStatus#AFTER_COMMIT} a second time, if
     * the commit came, with what became of it.
     *
     * @param type whether it is a sale or a refund
     */
    void onSale(String backend, Event.Type type, SaleStatus status);
}
