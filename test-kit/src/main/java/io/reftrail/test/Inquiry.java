package io.reftrail.test;

import io.reftrail.model.Event;
import io.reftrail.model.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The events that an assertion looks for.
 *
 * @param reported the events to search
 * @param type the kind of events
 * @param patience how long to wait for them
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

    /** A time limit. */
    static final class Deadline {

        private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

        private final long end;

        private Deadline(long end) {
            this.end = end;
        }

        static Deadline in(Duration patience) {
            return new Deadline(System.nanoTime() + patience.toNanos());
        }

        /** Returns whether the condition becomes true in time; checks at least once. An interrupt ends the wait. */
        boolean await(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            return true;
        }
    }

    /** Descriptions of events, for the messages of failed assertions. */
    static final class Listing {

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

    /** Amounts as tests write them. */
    static final class Amounts {

        private Amounts() {}

        /** @throws IllegalArgumentException if there is no such amount in the currency */
        static Money of(String amount, String currency) {
            return Money.of(new BigDecimal(amount), currency);
        }

        static String text(Money money) {
            return money.amount().toPlainString() + " " + money.currency().getCurrencyCode();
        }
    }
}
