package io.reftrail.benchmarks.chaos;

import java.time.Instant;

/**
 * A call that has reached the backend, as its feed shows it.
 *
 * @param customer whom it reported
 * @param partner to whom the backend credits the customer
 * @param verdict what the backend made of it, in lower case
 * @param at when
 */
record BackendCall(String customer, String partner, String verdict, Instant at) {

    boolean isRecorded() {
        return verdict.equals("recorded");
    }

    boolean isDuplicate() {
        return verdict.equals("duplicate");
    }
}
