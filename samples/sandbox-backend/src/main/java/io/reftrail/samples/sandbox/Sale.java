package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A sale on record, for the vendors that take it back or show it again.
 *
 * @param number the same identity as the id, for vendors that count their sales
 * @param refunded in the smallest unit of the currency
 */
record Sale(
        String id,
        long number,
        String clickId,
        String partner,
        @Nullable String dedupKey,
        Money money,
        long refunded) {

    Money rest() {
        return money.minus(refunded);
    }
}
