package io.reftrail.delivery;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;

/**
 * The settings of delivery.
 *
 * @param connectTimeout the time to wait for a connection
 * @param responseTimeout the time to wait for the reply once connected
 * @param maxInFlight the number of concurrent calls to one backend
 * @param shutdownTimeout the time that {@code close} waits for calls in flight and events that are due
 * @param pollInterval the interval at which a shared outbox is searched for events of other processes
 */
public record DeliverySettings(
        Duration connectTimeout,
        Duration responseTimeout,
        int maxInFlight,
        Duration shutdownTimeout,
        Duration pollInterval) {

    /** The default poll interval. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(2);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration SHORTEST_HALF_LEASE = Duration.ofSeconds(10);

    private static final Duration SHORTEST_POLL = Duration.ofMillis(50);

    private static final int MOST_IN_FLIGHT = 1_000;

    /** 2 s to connect, 10 s to answer, 8 calls in flight, 5 s to shut down, a poll every 2 s. */
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
                    pollInterval + " cannot be the interval to look at an outbox",
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
     * Creates settings with the default poll interval.
     *
     * @throws InvalidSettingException see {@link #DeliverySettings(Duration, Duration, int, Duration, Duration)}
     */
    public DeliverySettings(
            Duration connectTimeout, Duration responseTimeout, int maxInFlight, Duration shutdownTimeout) {
        this(connectTimeout, responseTimeout, maxInFlight, shutdownTimeout, DEFAULT_POLL_INTERVAL);
    }

    /** Returns the time that a whole call may take, however slowly the backend sends its reply. */
    Duration callTimeout() {
        return connectTimeout.plus(responseTimeout);
    }

    /** Returns the length of a lease: the time in the buffer, and {@link #sendingTime()}. */
    Duration lease() {
        return twoCalls().plus(sendingTime());
    }

    /** Returns the part of a lease that must be left to start a send: the time of the call, and as much again to settle it. */
    Duration sendingTime() {
        return twoCalls();
    }

    /** Returns the time of two calls, and at least that of a long pause of the JVM. */
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
