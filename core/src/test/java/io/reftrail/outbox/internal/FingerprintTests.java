package io.reftrail.outbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

class FingerprintTests {

    private final Fingerprint.Keyed keyed = new Fingerprint.Keyed(Fingerprint.Keyed.randomKey());

    @Test
    void theSameKeyLeavesTheSameFingerprint() {
        assertThat(keyed.of("introw\nSign Up\n1"))
                .isEqualTo(keyed.of("introw\nSign Up\n1"))
                .isNotEqualTo(keyed.of("introw\nSign Up\n2"));
    }

    @Test
    void anotherProcessCannotCompareThem() {
        assertThat(new Fingerprint.Keyed(Fingerprint.Keyed.randomKey()).of("a")).isNotEqualTo(keyed.of("a"));
    }

    @Test
    void survivesBeingWrittenDown() {
        Fingerprint fingerprint = keyed.of("a");

        assertThat(Fingerprint.ofBytes(fingerprint.bytes())).isEqualTo(fingerprint);
        assertThat(Fingerprint.parse(fingerprint.toString())).isEqualTo(fingerprint);
    }

    /** As an application has it that takes card payments: its Mac has no clone. */
    @Test
    void anyProviderOfMacsWillDo() {
        byte[] key = Fingerprint.Keyed.randomKey();
        Fingerprint usual = new Fingerprint.Keyed(key).of("mia");
        Security.insertProviderAt(new BouncyCastleProvider(), 1);
        try {
            Fingerprint.Keyed bouncing = new Fingerprint.Keyed(key);
            assertThat(bouncing.of("mia")).isEqualTo(usual);
            assertThat(bouncing.of("mia")).isEqualTo(usual);
        } finally {
            Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
        }
    }
}
