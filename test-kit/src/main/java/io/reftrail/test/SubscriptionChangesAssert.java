package io.reftrail.test;

import io.reftrail.model.Event;
import io.reftrail.test.Report.State;

/** Assertions about trials or cancellations. */
public final class SubscriptionChangesAssert extends EventsAssert<SubscriptionChangesAssert> {

    SubscriptionChangesAssert(Inquiry inquiry) {
        super(inquiry, SubscriptionChangesAssert.class);
    }

    /**
     * Verifies that a backend has received one of this customer and has given its final answer.
     *
     * @return more assertions about the same one
     */
    public SubscriptionChangeAssert hasOneFor(String customerId) {
        return new SubscriptionChangeAssert(
                inquiry(),
                "for \"" + customerId + "\"",
                of(customerId).and(report -> report.state() == State.ANSWERED));
    }

    /** Verifies that none was enqueued. */
    public SubscriptionChangesAssert hasNone() {
        return hasNone(inquiry().type() == Event.Type.TRIAL ? "trial" : "cancellation", report -> true);
    }
}
