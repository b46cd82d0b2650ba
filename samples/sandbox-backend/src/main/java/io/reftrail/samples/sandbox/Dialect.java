package io.reftrail.samples.sandbox;

import java.util.List;
import java.util.Optional;

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

    /** The body that the vendor sends with an error, for faults and for methods that an endpoint does not have. */
    Object errorBody(int status, String message);

    /** A payment provider tells of a payment; empty if nothing in it is meant for this vendor. */
    default Optional<Answer> paid(Checkout checkout) {
        return Optional.empty();
    }
}
