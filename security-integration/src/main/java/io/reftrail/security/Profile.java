package io.reftrail.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a principal tells of the person.
 *
 * @param email the e-mail address, or {@code null}
 * @param isUnverified whether it is said that the person has not proved to own the address
 * @param name the display name, or {@code null}
 * @param avatar the address of a picture, or {@code null}
 */
record Profile(
        @Nullable String email,
        boolean isUnverified,
        @Nullable String name,
        @Nullable String avatar) {

    static final Profile EMPTY = new Profile(null, false, null, null);

    static Profile of(@Nullable String email, @Nullable String name) {
        return new Profile(email, false, name, null);
    }

    /** Returns the first of the named values that is a text and not blank, or {@code null}. */
    static @Nullable String text(Map<String, ?> values, String... names) {
        for (String name : names) {
            if (values.get(name) instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** Returns the first that is not blank, or {@code null}. */
    static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** Returns a person's full name of what is known of it, or {@code null}. */
    static @Nullable String fullName(@Nullable String given, @Nullable String family) {
        return given == null || family == null ? first(given, family) : given + " " + family;
    }
}
