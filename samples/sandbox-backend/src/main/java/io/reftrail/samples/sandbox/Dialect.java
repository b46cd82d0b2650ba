package io.reftrail.samples.sandbox;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one vendor speaks. A vendor is one class that implements this and follows one contract page; routes, links, faults,
 * feed and funnel come from the beans that are found.
 */
interface Dialect {

    Vendor vendor();

    default String name() {
        return vendor().name();
    }

    /**
     * Somebody follows the link of a partner. Records the click where the vendor does so at its redirect, and returns
     * the value that the landing parameter carries.
     */
    default String follow(String partner) {
        return partner;
    }

    List<Endpoint> endpoints();

    /**
     * Returns the kinds of events that the vendor counts: clicks, and those that it has endpoints for or receives from the
     * payment provider.
     */
    default Set<CallKind> counts() {
        Set<CallKind> counts = EnumSet.of(CallKind.CLICK);
        endpoints().forEach(endpoint -> counts.add(endpoint.kind()));
        counts.retainAll(EnumSet.of(CallKind.CLICK, CallKind.LEAD, CallKind.SALE));
        return counts;
    }

    /** Whether the vendor keeps the SHA-256 of an e-mail address beside its mask; nobody keeps the address. */
    default boolean hashesEmail() {
        return false;
    }

    /** The body that the vendor sends with an error, for faults and for methods that an endpoint does not have. */
    Object errorBody(int status, String message);

    /** Records a payment from a payment provider; empty if it contains nothing for this vendor. */
    default Optional<Answer> paid(Checkout checkout) {
        return Optional.empty();
    }
}
