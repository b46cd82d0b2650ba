package io.reftrail.samples.sandbox;

import java.util.List;

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
    String follow(String partner);

    List<Endpoint> endpoints();

    /** Whether the vendor keeps the SHA-256 of an e-mail address beside its mask; nobody keeps the address. */
    default boolean hashesEmail() {
        return false;
    }

    /** The body that the vendor sends with an error, for faults and for methods that an endpoint does not have. */
    Object errorBody(int status, String message);
}
