package io.reftrail.outbox.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Half of a keyed hash of a deduplication key or a customer's id. A settled event keeps it in place of the person; without the
 * key it does not lead back to the customer.
 */
public record Fingerprint(long high, long low) {

    private static final int BYTES = 16;

    /** Reads what {@link #bytes} has returned. */
    public static Fingerprint ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Fingerprint(buffer.getLong(), buffer.getLong());
    }

    /**
     * Reads what {@link #toString} has returned.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static Fingerprint parse(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("no fingerprint");
        }
        return ofBytes(bytes);
    }

    /** Returns the fingerprint as the 16 bytes that a database stores. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }

    /** Makes fingerprints with one key, which can be compared with each other. Safe for use by many threads. */
    public static final class Keyed {

        static final int KEY_BYTES = 32;

        private static final String ALGORITHM = "HmacSHA256";

        /** Has the key in it; never fed, only copied, which is what makes it safe to share and quick. */
        private final Mac prototype;

        /** Makes fingerprints with the given key. */
        public Keyed(byte[] key) {
            try {
                prototype = Mac.getInstance(ALGORITHM);
                prototype.init(new SecretKeySpec(key, ALGORITHM));
            } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
            }
        }

        /** Returns a new random key. */
        public static byte[] randomKey() {
            byte[] random = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(random);
            return random;
        }

        /** Returns the fingerprint of a text. */
        public Fingerprint of(String text) {
            try {
                Mac mac = (Mac) prototype.clone();
                return ofBytes(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            } catch (CloneNotSupportedException impossible) {
                throw new IllegalStateException("the platform's " + ALGORITHM + " can be copied", impossible);
            }
        }
    }
}
