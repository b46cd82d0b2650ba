package io.reftrail.samples.shop;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's account as it stands in the database.
 *
 * @param email the customer's address, or {@code null} if none is known that the shop may rely on
 * @param password encoded, or {@code null} where the customer signs in without
 */
record Account(
        String id,
        @Nullable String email,
        String name,
        @Nullable String password,
        Instant createdAt) implements Serializable {

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "Account[createdAt=" + createdAt + "]";
    }
}
