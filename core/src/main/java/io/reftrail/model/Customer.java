package io.reftrail.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the application, as it is reported to a backend. Only the id is required; what is {@code null} is not
 * sent.
 *
 * @param id the application's own stable id of the customer, never blank
 * @param email the e-mail address, or {@code null}
 * @param name the display name, or {@code null}
 * @param createdAt when the account was created, or {@code null} if unknown; a customer who is older than the click is
 *     no lead
 */
public record Customer(
        String id,
        @Nullable String email,
        @Nullable String name,
        @Nullable Instant createdAt) {

    /** @throws IllegalArgumentException if the id is blank */
    public Customer {
        if (id.isBlank()) {
            throw new IllegalArgumentException("customer id is blank");
        }
    }

    /** Returns a customer of whom only the id is known. */
    public static Customer of(String id) {
        return new Customer(id, null, null, null);
    }

    /** Returns this customer with the given e-mail address. */
    public Customer withEmail(@Nullable String email) {
        return new Customer(id, email, name, createdAt);
    }

    /** Returns this customer with the given display name. */
    public Customer withName(@Nullable String name) {
        return new Customer(id, email, name, createdAt);
    }

    /** Returns this customer with the time the account was created. */
    public Customer withCreatedAt(@Nullable Instant createdAt) {
        return new Customer(id, email, name, createdAt);
    }

    /** Tells nothing of the person: ids are often e-mail addresses. */
    @Override
    public String toString() {
        return "Customer[createdAt=" + createdAt + "]";
    }
}
