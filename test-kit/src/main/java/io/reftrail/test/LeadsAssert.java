package io.reftrail.test;

import io.reftrail.test.Report.State;

/** Assertions about customers who have signed up. */
public final class LeadsAssert extends EventsAssert<LeadsAssert> {

    LeadsAssert(Inquiry inquiry) {
        super(inquiry, LeadsAssert.class);
    }

    /**
     * Verifies that a backend was told that this customer has signed up, and has given its final answer.
     *
     * @return more assertions about the same lead
     */
    public LeadAssert hasLeadFor(String customerId) {
        return new LeadAssert(
                inquiry(),
                "for \"" + customerId + "\"",
                of(customerId).and(report -> report.state() == State.ANSWERED));
    }

    /**
     * Verifies that a customer's lead waits because its backend is away.
     *
     * @return more assertions about the same lead
     */
    public LeadAssert hasWaitingLeadFor(String customerId) {
        return new LeadAssert(
                inquiry(),
                "for \"" + customerId + "\" that waits for its backend",
                of(customerId).and(report -> report.state() == State.HELD));
    }

    /**
     * Verifies that a customer's lead was kept for a backend that takes no leads, for the sales and the checkout to come.
     *
     * @return more assertions about the same lead
     */
    public LeadAssert hasKeptLeadFor(String customerId) {
        return new LeadAssert(
                inquiry(),
                "for \"" + customerId + "\" that is only kept",
                of(customerId).and(report -> report.state() == State.KEPT));
    }

    /** Verifies that nobody has become a lead, neither one that was told nor one that waits. */
    public LeadsAssert hasNoLeads() {
        return hasNone("lead", report -> true);
    }

    /** Verifies that this customer has not become a lead, neither one that was told nor one that waits. */
    public LeadsAssert hasNoLeadFor(String customerId) {
        return hasNone("lead for \"" + customerId + "\"", of(customerId));
    }
}
