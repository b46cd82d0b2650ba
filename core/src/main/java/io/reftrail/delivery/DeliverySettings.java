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
 */
public record DeliverySettings(
        Duration connectTimeout, Duration responseTimeout, int maxInFlight, Duration shutdownTimeout) {

    /** Connect within 2 s, answer within 10 s, 8 calls at a time, 5 s to shut down. */
    public static final DeliverySettings DEFAULT =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 8, Duration.ofSeconds(5));

    /** @throws InvalidSettingException if a timeout or the number of calls is not positive */
    public DeliverySettings {
        requirePositive("delivery.connect-timeout", connectTimeout);
        requirePositive("delivery.response-timeout", responseTimeout);
        if (shutdownTimeout.isNegative()) {
            throw new InvalidSettingException(
                    "delivery.shutdown-timeout", shutdownTimeout + " is negative", "Write a duration such as '5s'.");
        }
        if (maxInFlight < 1) {
            throw new InvalidSettingException(
                    "delivery.max-in-flight",
                    "with " + maxInFlight + " calls at a time nothing is sent",
                    "Write a positive number.");
        }
    }

    /** How long one call may take in all, however slowly a backend drips its reply. */
    Duration callTimeout() {
        return connectTimeout.plus(responseTimeout);
    }

    /** How long a claim is held: longer than the call it is for. */
    Duration lease() {
        return callTimeout().multipliedBy(2);
    }

    private static void requirePositive(String setting, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidSettingException(
                    setting, timeout + " is no time to wait for a backend", "Write a duration such as '2s'.");
        }
    }
}
