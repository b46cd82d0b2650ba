package io.reftrail.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stays of a deduplication key when its event is settled: half of a keyed hash, from which nobody gets the
 * customer back.
 */
record Fingerprint(long high, long low) {

    /** Makes fingerprints that can be compared with each other, with a key that lives as long as the process. */
    static final class Keyed {

        private static final String ALGORITHM = "HmacSHA256";

        private final SecretKeySpec key;

        Keyed() {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            this.key = new SecretKeySpec(random, ALGORITHM);
        }

        Fingerprint of(String deduplicationKey) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(deduplicationKey.getBytes(StandardCharsets.UTF_8)));
                return new Fingerprint(hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
            }
        }
    }
}
