package io.reftrail.backend;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a vendor will take an address. The pattern is the one that Introw publishes (docs/contracts/introw.md, section
 * 3.1); where a vendor only says "valid address" and refuses the whole event for another (docs/contracts/affonso.md, section
 * 3.2; docs/contracts/dub.md, section 3.1), the strictest pattern that is known is the safe one.
 */
final class EmailAddress {

    /** No address is longer (RFC 5321, section 4.5.3.1.3); a pattern must not meet input without a bound. */
    static final int MAX_LENGTH = 254;

    private static final Pattern PATTERN = Pattern.compile(
            "(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}");

    private EmailAddress() {}

    /** Returns the address, or {@code null} if it is better left out. */
    static @Nullable String valid(@Nullable String address) {
        boolean valid = address != null
                && address.length() <= MAX_LENGTH
                && PATTERN.matcher(address).matches();
        return valid ? address : null;
    }
}
