package io.reftrail.spring.boot;

import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * Whether leads get through, for whichever line of Spring Boot asks.
 *
 * @param status the code of a status: {@code UP}, {@code UNKNOWN} or our own {@code DEGRADED}
 * @param description what is wrong; empty if nothing is
 * @param details how each backend stands, by its name
 */
@NullMarked
record HealthReport(String status, String description, Map<String, Object> details) {

    /** Makes reports. Never throws. */
    interface Source {

        HealthReport report();
    }
}
