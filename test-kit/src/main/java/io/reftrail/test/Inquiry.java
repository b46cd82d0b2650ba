package io.reftrail.test;

import io.reftrail.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What an assertion asks for.
 *
 * @param reported where
 * @param type the kind of events
 * @param patience how long to wait for it
 */
record Inquiry(ReportedEvents reported, Event.Type type, Duration patience) {

    String noun() {
        return type.name().toLowerCase(Locale.ROOT);
    }

    List<Report> reports() {
        return reported.all(type);
    }

    boolean await(Predicate<Report> wanted) {
        return Deadline.in(patience).await(() -> reports().stream().anyMatch(wanted));
    }

    /** Returns those that there must not be, once there is nothing more to come. */
    List<Report> unwanted(Predicate<Report> unwanted) {
        requireComplete(reported, patience);
        return reports().stream().filter(unwanted).toList();
    }

    /** Waits until nothing is on its way. */
    List<Report> settled() {
        reported.settle(patience);
        return reports();
    }

    /** @throws AssertionError if it cannot be known whether there is more to come */
    static void requireComplete(ReportedEvents reported, Duration patience) {
        if (!reported.isComplete(patience)) {
            throw new AssertionError(
                    "Reftrail is still busy after " + patience + ", so nobody knows what will be reported");
        }
    }
}
