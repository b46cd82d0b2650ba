package io.reftrail.samples.servlet;

import java.security.Principal;
import java.time.Instant;

/**
 * A customer's account, and who the customer is to the container.
 *
 * @param id what sales are reported under; an address may change
 * @param email the name to sign in with
 * @param secret what is kept of the password
 * @param createdAt when the account was opened
 */
record Account(String id, String email, String secret, Instant createdAt) implements Principal {

    @Override
    public String getName() {
        return email;
    }

    @Override
    public String toString() {
        return "Account " + id;
    }
}
