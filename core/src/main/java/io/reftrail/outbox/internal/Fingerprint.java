package io.reftrail.outbox.internal;

import io.reftrail.outbox.OutboxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Half of a keyed hash of a deduplication key or a customer's id. A settled event keeps it in place of the person; without the
 * key it does not lead back to the customer.
 */
public record Fingerprint(long high, long low) {

    private static final int BYTES = 16;

    /** Returns the fingerprint of {@linkplain #bytes() bytes}. */
    public static Fingerprint ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Fingerprint(buffer.getLong(), buffer.getLong());
    }

    /**
     * Returns the fingerprint of a {@linkplain #toString() text}.
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

    /** A factory of fingerprints with one key, which can be compared with each other. Thread-safe. */
    public static final class Keyed {

        static final int KEY_BYTES = 32;

        private static final String ALGORITHM = "HmacSHA256";

        private final SecretKeySpec key;

        /** A MAC with the key. Copying it is quicker than creating one, but not every security provider's can be copied. */
        private final @Nullable Mac prototype;

        /** Creates a factory with the given key. */
        public Keyed(byte[] key) {
            this.key = new SecretKeySpec(key, ALGORITHM);
            Mac mac = newMac();
            this.prototype = copy(mac) == null ? null : mac;
        }

        /** Returns a new random key. */
        public static byte[] randomKey() {
            byte[] random = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(random);
            return random;
        }

        /** Returns the fingerprint of a text. */
        public Fingerprint of(String text) {
            Mac copy = prototype == null ? null : copy(prototype);
            Mac mac = copy == null ? newMac() : copy;
            return ofBytes(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        }

        private Mac newMac() {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                return mac;
            } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
                throw new OutboxException("the security providers have no usable " + ALGORITHM, missing);
            }
        }

        private static @Nullable Mac copy(Mac mac) {
            try {
                return (Mac) mac.clone();
            } catch (CloneNotSupportedException ofThisProvider) {
                return null;
            }
        }
    }
}
