package io.reftrail.backend;

import io.reftrail.model.Event;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which way a vendor learns of sales that takes them both ways. One way only: a payment that comes by both may count twice
 * (docs/contracts/refport.md, section 3.4; docs/contracts/affitor.md, section 3.7).
 */
public enum SalesReporting {
    /** The application tells of each payment. */
    API,
    /** The vendor hears of payments from the payment provider, whose checkout carries the click. */
    CHECKOUT;

    /** Returns what is left to report of what the vendor takes. */
    Set<Event.Type> reports(Set<Event.Type> taken) {
        Set<Event.Type> reported = EnumSet.copyOf(taken);
        if (this == CHECKOUT) {
            reported.removeAll(EnumSet.of(Event.Type.SALE, Event.Type.REFUND));
        }
        return Set.copyOf(reported);
    }

    /** Returns what a checkout carries, which is nothing where the application tells of the payment. */
    CheckoutMetadata carries(CheckoutMetadata metadata) {
        return this == CHECKOUT ? metadata : CheckoutMetadata.NONE;
    }
}
