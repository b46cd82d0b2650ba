package io.reftrail.test;

import io.reftrail.test.Report.State;

/** Assertions about refunds. */
public final class RefundsAssert extends EventsAssert<RefundsAssert> {

    RefundsAssert(Inquiry inquiry) {
        super(inquiry, RefundsAssert.class);
    }

    /**
     * Verifies that a backend has received a refund of this customer and has given its final answer.
     *
     * @return more assertions about the same refund
     */
    public RefundAssert hasRefundFor(String customerId) {
        return new RefundAssert(
                inquiry(),
                "for \"" + customerId + "\"",
                of(customerId).and(report -> report.state() == State.ANSWERED));
    }

    /** Verifies that no refund was enqueued. */
    public RefundsAssert hasNoRefunds() {
        return hasNone("refund", report -> true);
    }
}
