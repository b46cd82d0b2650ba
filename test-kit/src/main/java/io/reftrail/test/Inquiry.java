package io.reftrail.test;

import io.reftrail.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The events that an assertion looks for.
 *
 * @param reported the events to search
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

    /** Returns the unwanted events when all work of requests is complete. */
    List<Report> unwanted(Predicate<Report> unwanted) {
        requireComplete(reported, patience);
        return reports().stream().filter(unwanted).toList();
    }

    /** Waits until delivery is idle and returns the events. */
    List<Report> settled() {
        reported.settle(patience);
        return reports();
    }

    /** @throws AssertionError if requests have left work that does not complete in time */
    static void requireComplete(ReportedEvents reported, Duration patience) {
        if (!reported.isComplete(patience)) {
            throw new AssertionError(
                    "Reftrail is still busy after " + patience + ", so nobody knows what will be reported");
        }
    }
}
