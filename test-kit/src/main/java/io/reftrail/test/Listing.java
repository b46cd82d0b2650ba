package io.reftrail.test;

import java.util.List;
import java.util.stream.Collectors;

/** Descriptions of events, for the messages of failed assertions. */
final class Listing {

    private Listing() {}

    /** Returns one line for each event. */
    static String of(List<Report> reports) {
        return reports.isEmpty()
                ? " nothing"
                : lines(reports.stream().map(Report::toString).toList());
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> "\n  - " + line).collect(Collectors.joining());
    }

    /** Returns all events, and the results that Reftrail has returned. */
    static String of(ReportedEvents reported) {
        List<String> statuses = reported.statuses();
        return of(reported.all())
                + (statuses.isEmpty() ? "" : "\nResults of Reftrail:" + lines(statuses))
                + (isLeftInTransaction(statuses)
                        ? "\nWhat is AFTER_COMMIT waits for the end of a transaction; that of a @Transactional test is never"
                                + " committed."
                        : "");
    }

    private static boolean isLeftInTransaction(List<String> statuses) {
        return !statuses.isEmpty() && statuses.get(statuses.size() - 1).endsWith("AFTER_COMMIT");
    }
}
