package io.reftrail.test;

import io.reftrail.model.Click;
import io.reftrail.test.Report.State;

/** Assertions about clicks that are reported to a backend. */
public final class ClicksAssert extends EventsAssert<ClicksAssert> {

    ClicksAssert(Inquiry inquiry) {
        super(inquiry, ClicksAssert.class);
    }

    /**
     * Verifies that a backend has received a click with this partner's code and has given its final answer.
     *
     * @return more assertions about the same click
     */
    public ClickAssert hasClickOf(String code) {
        return new ClickAssert(
                inquiry(),
                "of \"" + code + "\"",
                report -> report.state() == State.ANSWERED
                        && ((Click) report.event()).code().equals(code));
    }

    /** Verifies that no click was enqueued. */
    public ClicksAssert hasNoClicks() {
        return hasNone("click", report -> true);
    }
}
