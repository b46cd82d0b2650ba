package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTests {

    @ParameterizedTest
    @CsvSource({
        "0,          0.5, PT0.5S",
        "1,          0.5, PT1S",
        "2,          0.5, PT2S",
        "9,          0.5, PT4M16S",
        "10,         0.5, PT7M30S",
        "11,         0.5, PT7M30S",
        "62,         0.5, PT7M30S",
        "5000,       0.5, PT7M30S",
        "2147483647, 0.5, PT7M30S",
        "0,          0,   PT0S",
        "10,         0,   PT0S",
        "3,          0.25, PT2S",
    })
    void theBoundDoublesUpToAQuarterOfAnHour(int attempts, double random, Duration delay) {
        assertThat(Backoff.standard(() -> random).delay(attempts)).isEqualTo(delay);
    }

    @Test
    void theWholeRangeIsUsed() {
        Random seeded = new Random(20_261_121);
        Backoff backoff = Backoff.standard(seeded::nextDouble);

        List<Long> delays = IntStream.range(0, 10_000)
                .mapToObj(n -> backoff.delay(3).toMillis())
                .toList();

        assertThat(delays).allMatch(delay -> delay >= 0 && delay < 8_000);
        assertThat(delays).anyMatch(delay -> delay < 100).anyMatch(delay -> delay > 7_900);
    }
}
