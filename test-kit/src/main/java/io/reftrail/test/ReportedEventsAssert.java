package io.reftrail.test;

import io.reftrail.model.Event;
import io.reftrail.test.Inquiry.Listing;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about {@link ReportedEvents}. Assertions that expect an event wait for it, by default 5 s. Assertions that
 * expect none wait until the background work of requests is complete. They do not wait for threads of the application: the
 * test has to do that.
 */
public final class ReportedEventsAssert extends AbstractAssert<ReportedEventsAssert, ReportedEvents> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Duration patience = PATIENCE;

    ReportedEventsAssert(ReportedEvents actual) {
        super(actual, ReportedEventsAssert.class);
    }

    /** Sets how long the assertions that follow wait. */
    public ReportedEventsAssert within(Duration patience) {
        this.patience = patience;
        return this;
    }

    /** Returns assertions about leads. */
    public LeadsAssert leads() {
        return new LeadsAssert(new Inquiry(actual, Event.Type.LEAD, patience));
    }

    /** Returns assertions about sales. */
    public SalesAssert sales() {
        return new SalesAssert(new Inquiry(actual, Event.Type.SALE, patience));
    }

    /** Returns assertions about refunds. */
    public RefundsAssert refunds() {
        return new RefundsAssert(new Inquiry(actual, Event.Type.REFUND, patience));
    }

    /** Returns assertions about beginnings of trials. */
    public SubscriptionChangesAssert trials() {
        return new SubscriptionChangesAssert(new Inquiry(actual, Event.Type.TRIAL, patience));
    }

    /** Returns assertions about ends of subscriptions. */
    public SubscriptionChangesAssert cancellations() {
        return new SubscriptionChangesAssert(new Inquiry(actual, Event.Type.CANCELLATION, patience));
    }

    /** Returns assertions about clicks that are reported to a backend. */
    public ClicksAssert clicks() {
        return new ClicksAssert(new Inquiry(actual, Event.Type.CLICK, patience));
    }

    /** Verifies that nothing was enqueued: no click, no lead, no sale, no refund, no trial, no cancellation. */
    public ReportedEventsAssert hasNothing() {
        Inquiry.requireComplete(actual, patience);
        if (!actual.all().isEmpty()) {
            throw failure("Expected nothing to be reported, but there is:%s", Listing.of(actual));
        }
        return this;
    }
}
