package io.reftrail.delivery;

import io.reftrail.model.RedactedFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the outbox fails to do at present. The log hears once that an outage begins and once that it is over, however
 * often and for whatever it was asked meanwhile. For the dispatcher's thread alone.
 */
final class Outages {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private static final Duration SHORTEST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final Map<String, Integer> failures = new HashMap<>();

    /**
     * Notes a failure.
     *
     * @param what has failed, in words that stand behind "cannot"
     * @return how long to wait before the next try
     */
    Duration failed(String what, Throwable failure) {
        if (failures.isEmpty()) {
            logger.warn(
                    "The outbox cannot {}. Nothing is lost; it is tried again at least every {}",
                    what,
                    LONGEST_REST,
                    RedactedFailure.of(failure));
        } else {
            logger.debug("The outbox cannot {}", what, RedactedFailure.of(failure));
        }
        int times = failures.merge(what, 1, Integer::sum);
        Duration rest = SHORTEST_REST.multipliedBy(1L << Math.min(times - 1, 10));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    void succeeded(String what) {
        if (failures.remove(what) != null && failures.isEmpty()) {
            logger.info("The outbox does all that it is asked to again");
        }
    }
}
