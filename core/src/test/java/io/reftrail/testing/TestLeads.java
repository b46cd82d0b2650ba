package io.reftrail.testing;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;

/** Leads told apart by their customer. */
public final class TestLeads {

    private TestLeads() {}

    /** The lead of a customer for a backend. */
    public static Lead lead(String backend, String customer) {
        return Lead.of(
                new Attribution(backend, "click-of-" + customer, HandSetClock.START),
                Customer.of(customer),
                "Sign Up",
                HandSetClock.START);
    }

    /** Whose event it is. */
    public static String customer(Event event) {
        return String.valueOf(event.customerId());
    }
}
