package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BacklogLimitTests {

    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private final JdbcOutbox.BacklogLimit limit = new JdbcOutbox.BacklogLimit(
            backend -> {
                looks.incrementAndGet();
                return waiting.get();
            },
            3,
            now::get);

    @Test
    void theLimitIsReachedAndCountedNowAndThen() {
        waiting.set(2);
        assertThat(limit.isReached("affonso")).isFalse();
        waiting.set(3);
        assertThat(limit.isReached("affonso")).isFalse();

        now.addAndGet(Duration.ofSeconds(6).toNanos());

        assertThat(limit.isReached("affonso")).isTrue();
        assertThat(limit.isReached("affonso")).isTrue();
        assertThat(looks).hasValue(2);
    }

    @Test
    void eachBackendIsCountedByItself() {
        waiting.set(3);
        assertThat(limit.isReached("affonso")).isTrue();
        waiting.set(0);
        assertThat(limit.isReached("affitor")).isFalse();
    }
}
