package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Makes an address recognisable to the developer who typed it and useless to everybody else: {@code m***@example.org}.
 * Only the masked form is stored.
 */
final class EmailMask {

    private EmailMask() {}

    static @Nullable String mask(@Nullable String email) {
        if (email == null || email.isEmpty()) {
            return null;
        }
        int at = email.lastIndexOf('@');
        return at < 1 ? "***" : email.substring(0, email.offsetByCodePoints(0, 1)) + "***" + email.substring(at);
    }
}
