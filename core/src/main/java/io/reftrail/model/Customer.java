package io.reftrail.model;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the application. Only the id is required. Fields that are {@code null}, or that the application has not chosen
 * to {@linkplain CustomerField send}, are not reported.
 *
 * @param id the application's own stable id of the customer, never blank
 * @param email the e-mail address, or {@code null}
 * @param name the display name, or {@code null}
 * @param avatar the address of a picture, or {@code null}
 * @param createdAt when the account was created, or {@code null} if unknown; a customer who is older than the click is not
 *     reported as a lead
 */
public record Customer(
        String id,
        @Nullable String email,
        @Nullable String name,
        @Nullable String avatar,
        @Nullable Instant createdAt) implements Serializable {

    /** @throws IllegalArgumentException if the id is blank */
    public Customer {
        if (id.isBlank()) {
            throw new IllegalArgumentException("customer id is blank");
        }
    }

    /** Returns a customer with only an id. */
    public static Customer of(String id) {
        return new Customer(id, null, null, null, null);
    }

    /** Returns this customer with the given e-mail address. */
    public Customer withEmail(@Nullable String email) {
        return new Customer(id, email, name, avatar, createdAt);
    }

    /** Returns this customer with the given display name. */
    public Customer withName(@Nullable String name) {
        return new Customer(id, email, name, avatar, createdAt);
    }

    /** Returns this customer with the address of a picture. */
    public Customer withAvatar(@Nullable String avatar) {
        return new Customer(id, email, name, avatar, createdAt);
    }

    /** Returns this customer with only the id, the given fields and the time of the account's creation. */
    public Customer only(Set<CustomerField> fields) {
        return new Customer(
                id,
                fields.contains(CustomerField.EMAIL) ? email : null,
                fields.contains(CustomerField.NAME) ? name : null,
                fields.contains(CustomerField.AVATAR) ? avatar : null,
                createdAt);
    }

    /**
     * Returns this customer with the day on which the account was created, for applications that store a date. The customer is
     * older than every click after the end of that day.
     *
     * @param zone the zone of the date
     */
    public Customer withCreatedOn(LocalDate date, ZoneId zone) {
        return withCreatedAt(date.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1));
    }

    /**
     * Returns this customer with the time the account was created. Midnight, in UTC or the JVM's zone, is read as a date: as with
     * {@link #withCreatedOn}, the customer is older than every click after the end of that day.
     */
    public Customer withCreatedAt(@Nullable Instant createdAt) {
        return new Customer(id, email, name, avatar, createdAt);
    }

    /** Returns a description without personal data; ids are often e-mail addresses. */
    @Override
    public String toString() {
        return "Customer[createdAt=" + createdAt + "]";
    }
}
