package io.reftrail.test;

import io.reftrail.model.Event;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about {@link ReportedEvents}. Those that want something wait for it, for 5 s unless they are told otherwise;
 * those that want nothing know when there is nothing more to come, as far as Reftrail was told: work that the application does
 * on threads of its own has to be waited for by the test.
 */
public final class ReportedEventsAssert extends AbstractAssert<ReportedEventsAssert, ReportedEvents> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Duration patience = PATIENCE;

    ReportedEventsAssert(ReportedEvents actual) {
        super(actual, ReportedEventsAssert.class);
    }

    /** Sets how long the assertions that follow wait for what they want. */
    public ReportedEventsAssert within(Duration patience) {
        this.patience = patience;
        return this;
    }

    /** Goes on with customers who have signed up. */
    public LeadsAssert leads() {
        return new LeadsAssert(new Inquiry(actual, Event.Type.LEAD, patience));
    }

    /** Goes on with payments. */
    public SalesAssert sales() {
        return new SalesAssert(new Inquiry(actual, Event.Type.SALE, patience));
    }

    /** Goes on with money that was given back. */
    public RefundsAssert refunds() {
        return new RefundsAssert(new Inquiry(actual, Event.Type.REFUND, patience));
    }

    /** Goes on with landings, where a backend wants to be told of them. */
    public ClicksAssert clicks() {
        return new ClicksAssert(new Inquiry(actual, Event.Type.CLICK, patience));
    }

    /** Verifies that nothing was handed over to be reported: no click, no lead, no sale, no refund. */
    public ReportedEventsAssert hasNothing() {
        Inquiry.requireComplete(actual, patience);
        if (!actual.all().isEmpty()) {
            throw failure("Expected nothing to be reported, but there is:%s", Listing.of(actual));
        }
        return this;
    }
}
