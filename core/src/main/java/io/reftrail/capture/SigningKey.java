package io.reftrail.capture;

import io.reftrail.model.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that our own cookie is signed with. Never shows itself in a {@code toString} or a message. Thread-safe. */
final class SigningKey {

    /** As many characters as HMAC-SHA-256 has bytes: RFC 2104, section 3, discourages shorter keys. */
    private static final int SHORTEST = 32;

    /** What a person makes up by repeating a few keys has fewer; 32 random characters practically never do. */
    private static final int FEWEST_DIFFERENT = 10;

    /** 128 bits: half of the hash, the least that RFC 2104, section 5, takes. */
    static final int SIGNATURE_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SETTING = "cookie.signing-keys";
    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]+");

    private final SecretKeySpec key;

    /**
     * @param number which key of the list this is, for messages
     * @throws InvalidSettingException if the text is no key, or one that can be guessed; the message leaves it out
     */
    SigningKey(int number, String text) {
        if (text.contains("${")) {
            throw refused(number, "is a placeholder that was never filled in");
        }
        if (!TEXT.matcher(text).matches()) {
            throw refused(number, "has spaces or characters outside ASCII");
        }
        if (text.length() < SHORTEST) {
            throw refused(number, "is shorter than " + SHORTEST + " characters");
        }
        if (text.chars().distinct().count() < FEWEST_DIFFERENT) {
            throw refused(number, "consists of a few characters only, and can be guessed");
        }
        this.key = new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
    }

    private static InvalidSettingException refused(int number, String problem) {
        return new InvalidSettingException(
                SETTING,
                "key number " + number + " " + problem,
                "Write " + SHORTEST + " or more random characters for each key, for instance what"
                        + " 'openssl rand -base64 32' prints.");
    }

    /** Returns the signature of a text. */
    byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
