package io.reftrail.outbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

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
}
