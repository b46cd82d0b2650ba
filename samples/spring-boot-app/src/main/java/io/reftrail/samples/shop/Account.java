package io.reftrail.samples.shop;

import java.io.Serializable;
import java.time.Instant;

/** A customer's account as it stands in the database. */
record Account(String id, String email, String name, String password, Instant createdAt) implements Serializable {

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "Account[createdAt=" + createdAt + "]";
    }
}
