package io.reftrail.delivery;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;

/**
 * How events are sent.
 *
 * @param connectTimeout how long to wait for a connection
 * @param responseTimeout how long to wait for the reply once connected
 * @param maxInFlight how many calls to one backend run at the same time
 * @param shutdownTimeout how long {@code close} waits for what is in flight and due
 * @param pollInterval how often a shared outbox is looked at for what others have left there
 */
public record DeliverySettings(
        Duration connectTimeout,
        Duration responseTimeout,
        int maxInFlight,
        Duration shutdownTimeout,
        Duration pollInterval) {

    /** How often a shared outbox is looked at by default. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration SHORTEST_HALF_LEASE = Duration.ofSeconds(10);

    private static final Duration SHORTEST_POLL = Duration.ofMillis(50);

    private static final int MOST_IN_FLIGHT = 1_000;

    /** Connect within 2 s, answer within 10 s, 8 calls at a time, 5 s to shut down, a look each second. */
    public static final DeliverySettings DEFAULT =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 8, Duration.ofSeconds(5));

    /**
     * @throws InvalidSettingException if a timeout is not between zero and 10 min, the poll interval not between 50 ms and
     *     10 min, or the number not from 1 to 1000
     */
    public DeliverySettings {
        requireTimeout("delivery.connect-timeout", connectTimeout, Duration.ofMillis(1));
        requireTimeout("delivery.response-timeout", responseTimeout, Duration.ofMillis(1));
        requireTimeout("delivery.shutdown-timeout", shutdownTimeout, Duration.ZERO);
        if (pollInterval.compareTo(SHORTEST_POLL) < 0 || pollInterval.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidSettingException(
                    "delivery.poll-interval",
                    pollInterval + " is no interval to look at an outbox",
                    "Write a duration such as '1s', from '50ms' to '10m'.");
        }
        if (maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
            throw new InvalidSettingException(
                    "delivery.max-in-flight",
                    maxInFlight + " calls at a time cannot be made",
                    "Write a positive number, at most " + MOST_IN_FLIGHT + ".");
        }
    }

    /**
     * Looks at a shared outbox as often as the default says.
     *
     * @throws InvalidSettingException see {@link #DeliverySettings(Duration, Duration, int, Duration, Duration)}
     */
    public DeliverySettings(
            Duration connectTimeout, Duration responseTimeout, int maxInFlight, Duration shutdownTimeout) {
        this(connectTimeout, responseTimeout, maxInFlight, shutdownTimeout, DEFAULT_POLL_INTERVAL);
    }

    /** How long one call may take in all, however slowly a backend drips its reply. */
    Duration callTimeout() {
        return connectTimeout.plus(responseTimeout);
    }

    /** How long a claim is held: as long as it may wait for its turn, and what {@link #sendingTime()} says. */
    Duration lease() {
        return twoCalls().plus(sendingTime());
    }

    /** How much of a lease has to be left for a send to begin: a call's time, and as much again until it is settled. */
    Duration sendingTime() {
        return twoCalls();
    }

    /** Two calls' time, and no less than a long pause of the JVM. */
    private Duration twoCalls() {
        Duration two = callTimeout().multipliedBy(2);
        return two.compareTo(SHORTEST_HALF_LEASE) < 0 ? SHORTEST_HALF_LEASE : two;
    }

    private static void requireTimeout(String setting, Duration timeout, Duration shortest) {
        if (timeout.compareTo(shortest) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidSettingException(
                    setting,
                    timeout + " is no time to wait for a backend",
                    "Write a duration such as '2s', at most '10m'.");
        }
    }
}
