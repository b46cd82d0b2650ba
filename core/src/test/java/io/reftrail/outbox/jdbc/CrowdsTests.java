package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CrowdsTests {

    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private final Crowds crowds = new Crowds(
            backend -> {
                looks.incrementAndGet();
                return waiting.get();
            },
            3,
            now::get);

    @Test
    void asManyAsThereIsRoomForAreACrowd() {
        waiting.set(2);
        assertThat(crowds.isCrowded("affonso")).isFalse();
        waiting.set(3);
        assertThat(crowds.isCrowded("affonso")).isFalse();

        now.addAndGet(Duration.ofSeconds(6).toNanos());

        assertThat(crowds.isCrowded("affonso")).isTrue();
        assertThat(crowds.isCrowded("affonso")).isTrue();
        assertThat(looks).hasValue(2);
    }

    @Test
    void eachBackendHasItsOwn() {
        waiting.set(3);
        assertThat(crowds.isCrowded("affonso")).isTrue();
        waiting.set(0);
        assertThat(crowds.isCrowded("affitor")).isFalse();
    }
}
