package io.reftrail.samples.shop;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address that identifies an account, regardless of case.
 *
 * @param value in small letters, without blanks
 */
record EmailAddress(String value) {

    private static final int LONGEST = 254;

    private static final Pattern PLAUSIBLE = Pattern.compile("[^@\\s]+@[^@\\s]+");

    /** Returns nothing for what cannot be an address. */
    static Optional<EmailAddress> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(address -> address.strip().toLowerCase(Locale.ROOT))
                .filter(address -> address.length() <= LONGEST)
                .filter(address -> PLAUSIBLE.matcher(address).matches())
                .map(EmailAddress::new);
    }

    /** Returns the name of a customer without a name. */
    String beforeTheAt() {
        return value.substring(0, value.indexOf('@'));
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "EmailAddress";
    }
}
