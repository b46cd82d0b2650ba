package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.outbox.OutboxException;
import io.reftrail.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxFailuresTests {

    private final OutboxFailures outages = new OutboxFailures();

    @Test
    void theLogHearsOfTheBeginAndOfTheEndHoweverManyTriesFail() {
        try (LogCapture log = new LogCapture()) {
            for (int tries = 0; tries < 5; tries++) {
                outages.failed("settle", new OutboxException("away"));
                outages.failed("claim", new OutboxException("away"));
            }
            outages.succeeded("settle");
            outages.succeeded("claim");
            outages.succeeded("claim");

            List<String> levels = log.lines().stream()
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(level -> !level.equals("DEBUG"))
                    .toList();
            assertThat(levels).containsExactly("WARN", "INFO");
        }
    }

    @Test
    void theRestGrowsToAFewSeconds() {
        Duration first = outages.failed("settle", new OutboxException("away"));
        Duration second = outages.failed("settle", new OutboxException("away"));
        Duration last = second;
        for (int tries = 0; tries < 100; tries++) {
            last = outages.failed("settle", new OutboxException("away"));
        }

        assertThat(first).isEqualTo(Duration.ofMillis(100));
        assertThat(second).isEqualTo(Duration.ofMillis(200));
        assertThat(last).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void afterAnOutageTheRestIsShortAgain() {
        outages.failed("settle", new OutboxException("away"));
        outages.failed("settle", new OutboxException("away"));
        outages.succeeded("settle");

        assertThat(outages.failed("settle", new OutboxException("away"))).isEqualTo(Duration.ofMillis(100));
    }
}
