package io.reftrail.test;

import io.reftrail.test.Inquiry.Deadline;
import io.reftrail.test.Inquiry.Listing;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about all events of one kind. See {@link ReportedEventsAssert} for which assertions wait.
 *
 * @param <S> the kind of assertions
 */
public abstract class EventsAssert<S extends EventsAssert<S>> extends AbstractAssert<S, ReportedEvents> {

    private final Inquiry inquiry;

    EventsAssert(Inquiry inquiry, Class<S> self) {
        super(inquiry.reported(), self);
        this.inquiry = inquiry;
    }

    Inquiry inquiry() {
        return inquiry;
    }

    static Predicate<Report> of(String customerId) {
        return report -> customerId.equals(report.event().customerId());
    }

    S hasNone(String what, Predicate<Report> unwanted) {
        List<Report> found = inquiry.unwanted(unwanted);
        if (!found.isEmpty()) {
            throw failure("Expected no %s, but there is:%s", what, Listing.of(found));
        }
        return myself;
    }

    /**
     * Verifies the number of events of this kind that were enqueued, whatever their outcome; waits until delivery is idle.
     */
    public S hasSize(int expected) {
        List<Report> all = inquiry.settled();
        for (Deadline deadline = Deadline.in(inquiry.patience()); all.size() < expected; all = inquiry.settled()) {
            if (!deadline.await(() -> inquiry.reports().size() >= expected)) {
                break;
            }
        }
        if (all.size() != expected) {
            throw failure(
                    "Expected %d of kind %s, but there are %d:%s",
                    expected, inquiry.noun().toUpperCase(Locale.ROOT), all.size(), Listing.of(actual));
        }
        return myself;
    }

    /** Returns the events of this kind when delivery is idle, for assertions of your own. */
    public List<Report> reports() {
        return Objects.requireNonNull(inquiry.settled());
    }
}
