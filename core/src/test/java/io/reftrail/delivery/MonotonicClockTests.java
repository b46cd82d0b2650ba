package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.testing.HandSetClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MonotonicClockTests {

    @Test
    void countsFromWhereItWasStarted() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
        MonotonicClock clock = new MonotonicClock(HandSetClock.START, nanos::get);

        assertThat(clock.instant()).isEqualTo(HandSetClock.START);
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(clock.instant()).isEqualTo(HandSetClock.START.plus(Duration.ofHours(1)));
        assertThat(clock.withZone(ZoneId.of("Europe/Paris")).instant()).isEqualTo(clock.instant());
    }

    @Test
    void startsAtTheSystemsTimeAndNeverGoesBack() {
        Instant before = Instant.now();
        MonotonicClock clock = new MonotonicClock();
        Instant first = clock.instant();

        assertThat(first).isBetween(before, before.plusSeconds(60));
        assertThat(clock.instant()).isAfterOrEqualTo(first);
    }
}
