package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.RateLimit;
import io.reftrail.testing.HandSetClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTests {

    private static final Instant START = HandSetClock.START;
    private static final RateLimit INTROW = new RateLimit(120, Duration.ofMinutes(1));

    @ParameterizedTest(name = "{0} calls, {1} processes")
    @CsvSource({"120, 1", "120, 3", "120, 40", "1, 1", "2, 1", "2, 2", "9, 1", "10, 4", "11, 1", "3000, 7"})
    void noMinuteSeesMoreCallsThanTheLimit(int limit, int processes) {
        List<TokenBucket> buckets = new ArrayList<>();
        for (int process = 0; process < processes; process++) {
            TokenBucket bucket = new TokenBucket(new RateLimit(limit, Duration.ofMinutes(1)), START);
            bucket.share(processes, START);
            buckets.add(bucket);
        }

        List<Instant> calls = calls(buckets, Duration.ofMinutes(30));

        assertThat(mostInAMinute(calls)).isLessThanOrEqualTo(limit);
        assertThat(calls).hasSizeGreaterThan(limit * 30 / 3);
    }

    /** Takes all there is, at random times with long silences between, so that buckets fill up. */
    private static List<Instant> calls(List<TokenBucket> buckets, Duration time) {
        Random random = new Random(20_261_121);
        List<Instant> calls = new ArrayList<>();
        for (Instant now = START; now.isBefore(START.plus(time)); ) {
            now = now.plusMillis(random.nextInt(50) == 0 ? random.nextInt(20_000) : random.nextInt(20));
            for (TokenBucket bucket : buckets) {
                while (bucket.take(now)) {
                    calls.add(now);
                }
            }
        }
        return calls;
    }

    private static int mostInAMinute(List<Instant> calls) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < calls.size(); last++) {
            while (!calls.get(first).isAfter(calls.get(last).minusSeconds(60))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Test
    void whatMayBeTakenAtOnceIsATenth() {
        TokenBucket bucket = new TokenBucket(INTROW, START);

        assertThat(bucket.available(START.plusSeconds(3600))).isEqualTo(12);
    }

    @Test
    void aRestartDoesNotBringAFullBucket() {
        assertThat(new TokenBucket(INTROW, START).available(START)).isOne();
    }

    @Test
    void aProcessThatJoinsWaitsUntilTheOthersKnow() {
        TokenBucket bucket = new TokenBucket(INTROW, START);

        bucket.share(2, START);

        assertThat(bucket.available(START.plus(Housekeeping.HEARTBEAT))).isZero();
        assertThat(bucket.available(START.plus(Housekeeping.HEARTBEAT).plusSeconds(2)))
                .isOne();
    }

    @Test
    void whoIsLeftAloneHasItAllAgain() {
        TokenBucket bucket = new TokenBucket(INTROW, START);
        bucket.share(4, START);
        bucket.share(1, START.plusSeconds(60));

        assertThat(bucket.available(START.plusSeconds(3600))).isEqualTo(12);
    }

    @Test
    void saysWhenTheNextTokenComes() {
        TokenBucket bucket = new TokenBucket(INTROW, START);
        assertThat(bucket.untilNext(START)).isZero();
        bucket.take(START);

        Duration until = bucket.untilNext(START);

        assertThat(until).isBetween(Duration.ofMillis(555), Duration.ofMillis(556));
        assertThat(bucket.take(START.plus(until).minusMillis(1))).isFalse();
        assertThat(bucket.take(START.plus(until))).isTrue();
    }

    @Test
    void aTokenThatWasNotUsedIsThereAgain() {
        TokenBucket bucket = new TokenBucket(INTROW, START);
        bucket.take(START);

        bucket.giveBack();

        assertThat(bucket.take(START)).isTrue();
    }

    @Test
    void withoutALimitThereIsAlwaysAnother() {
        TokenBucket bucket = new TokenBucket(null, START);

        for (int call = 0; call < 10_000; call++) {
            assertThat(bucket.take(START)).isTrue();
        }
        assertThat(bucket.untilNext(START)).isZero();
    }
}
