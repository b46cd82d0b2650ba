package io.reftrail.samples.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes an address recognisable to the developer who typed it and useless to everybody else: {@code m***@example.org}.
 * Only that is stored, and the SHA-256 of the address where the vendor keeps one.
 *
 * <p>docs/contracts/affitor.md section 4 says "hashed (SHA-256) and masked" and neither how the mask looks nor whether the
 * address is changed before it is hashed. The mask is ours; the hash is of the address as it was sent, in UTF-8.
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

    static @Nullable String sha256(@Nullable String email) {
        if (email == null || email.isEmpty()) {
            return null;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(email.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
