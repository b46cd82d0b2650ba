package io.reftrail.test;

import io.reftrail.model.Click;
import io.reftrail.test.Report.State;

/** Assertions about landings, where a backend wants to be told of them. */
public final class ClicksAssert extends EventsAssert<ClicksAssert> {

    ClicksAssert(Inquiry inquiry) {
        super(inquiry, ClicksAssert.class);
    }

    /**
     * Verifies that a backend was told of a visitor who came by a link with this partner's code, and has given its final
     * answer.
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

    /** Verifies that no landing was handed over to be reported. */
    public ClicksAssert hasNoClicks() {
        return hasNone("click", report -> true);
    }
}
