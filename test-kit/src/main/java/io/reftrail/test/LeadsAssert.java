package io.reftrail.test;

import io.reftrail.test.Report.State;

/** Assertions about customers who have signed up. */
public final class LeadsAssert extends EventsAssert<LeadsAssert> {

    LeadsAssert(Inquiry inquiry) {
        super(inquiry, LeadsAssert.class);
    }

    /**
     * Verifies that a backend has received this customer's lead and has given its final answer.
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
     * Verifies that a customer's lead waits because its backend is unavailable.
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
     * Verifies that a customer's lead was kept for later sales and checkouts, at a backend without a call for leads.
     *
     * @return more assertions about the same lead
     */
    public LeadAssert hasKeptLeadFor(String customerId) {
        return new LeadAssert(
                inquiry(),
                "for \"" + customerId + "\" that is only kept",
                of(customerId).and(report -> report.state() == State.KEPT));
    }

    /** Verifies that no lead was reported and none waits. */
    public LeadsAssert hasNoLeads() {
        return hasNone("lead", report -> true);
    }

    /** Verifies that no lead of this customer was reported and none waits. */
    public LeadsAssert hasNoLeadFor(String customerId) {
        return hasNone("lead for \"" + customerId + "\"", of(customerId));
    }
}
