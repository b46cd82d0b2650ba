package io.reftrail.delivery;

import io.reftrail.model.RedactedFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of the outbox that fail at present. Logs once when the first one fails and once when all work again, and
 * determines the delay before the next attempt. Only for the dispatcher's thread.
 */
final class OutboxFailures {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private static final Duration SHORTEST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final Map<String, Integer> failures = new HashMap<>();

    /**
     * Notes a failure.
     *
     * @param operation the operation, as a verb phrase
     * @return the delay before the next attempt
     */
    Duration failed(String operation, Throwable failure) {
        if (failures.isEmpty()) {
            logger.warn(
                    "The outbox cannot {}. Stored events are kept; the next attempt is made within {}",
                    operation,
                    LONGEST_DELAY,
                    RedactedFailure.of(failure));
        } else {
            logger.debug("The outbox cannot {}", operation, RedactedFailure.of(failure));
        }
        int times = failures.merge(operation, 1, Integer::sum);
        Duration delay = SHORTEST_DELAY.multipliedBy(1L << Math.min(times - 1, 10));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    void succeeded(String operation) {
        if (failures.remove(operation) != null && failures.isEmpty()) {
            logger.info("The outbox works again");
        }
    }
}
