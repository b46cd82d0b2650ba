package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.time.Instant;

/** A visitor followed a partner's link; the id is what travels to the merchant. */
record Click(String id, String vendor, String partner, Instant at) {

    boolean olderThan(Duration window, Instant now) {
        return !at.plus(window).isAfter(now);
    }
}
