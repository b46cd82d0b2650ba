package io.reftrail.backend;

import io.reftrail.model.Event;
import java.util.EnumSet;
import java.util.Set;

/**
 * The way in which a vendor learns of sales, for vendors that support both. Only one way is used: a payment that is reported
 * both ways may be counted twice (docs/contracts/refport.md, section 3.4; docs/contracts/affitor.md, section 3.7).
 */
public enum SalesReporting {
    /** The application reports each payment, and Reftrail sends it. */
    API,
    /** The payment provider reports payments to the vendor; the checkout carries the click. */
    CHECKOUT;

    /** Returns the kinds of events that Reftrail reports, of those that the vendor accepts. */
    public Set<Event.Type> reports(Set<Event.Type> accepted) {
        Set<Event.Type> reported = EnumSet.copyOf(accepted);
        if (this == CHECKOUT) {
            reported.removeAll(
                    EnumSet.of(Event.Type.SALE, Event.Type.REFUND, Event.Type.TRIAL, Event.Type.CANCELLATION));
        }
        return Set.copyOf(reported);
    }

    /** Returns the metadata for {@link #CHECKOUT}, and {@link CheckoutMetadata#NONE} for {@link #API}. */
    public CheckoutMetadata carries(CheckoutMetadata metadata) {
        return this == CHECKOUT ? metadata : CheckoutMetadata.NONE;
    }
}
