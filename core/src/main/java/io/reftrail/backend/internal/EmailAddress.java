package io.reftrail.backend.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The check of e-mail addresses by the pattern that Introw publishes (docs/contracts/introw.md, section 3.1). Other vendors
 * refuse a whole event for an invalid address and publish no pattern (docs/contracts/affonso.md, section 3.2;
 * docs/contracts/dub.md, section 3.1), so the strictest known pattern is the safe one.
 */
public final class EmailAddress {

    /** The longest address (RFC 5321, section 4.5.3.1.3), which bounds the input of the pattern. */
    static final int MAX_LENGTH = 254;

    private static final Pattern PATTERN = Pattern.compile(
            "(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}");

    private EmailAddress() {}

    /** Returns the address, or {@code null} if it is missing or not valid. */
    public static @Nullable String valid(@Nullable String address) {
        boolean valid = address != null
                && address.length() <= MAX_LENGTH
                && PATTERN.matcher(address).matches();
        return valid ? address : null;
    }
}
