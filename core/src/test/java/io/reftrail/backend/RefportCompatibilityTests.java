package io.reftrail.backend;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.List;

/** Refport, by contracts/refport.md, section 3.1. */
class RefportCompatibilityTests extends TrackingBackendCompatibilityKit {

    private static final List<OutcomeRow> ROWS = List.of(
            OutcomeRow.of(
                    Event.Type.LEAD,
                    200,
                    "{\"eventName\":\"Sign Up\",\"click\":{\"id\":\"k3Jd92mQx7\"}}",
                    Verdict.RECORDED,
                    "Accepted (3.1)"),
            OutcomeRow.of(Event.Type.LEAD, 200, "null", Verdict.IGNORED, "The click is not tied to a link (3.1)"),
            OutcomeRow.of(
                    Event.Type.LEAD,
                    400,
                    "{\"error\":{\"code\":\"INVALID_CLICK_ID\"}}",
                    Verdict.REJECTED,
                    "The click id matches no recorded click (3.1)"),
            OutcomeRow.of(Event.Type.LEAD, 429, "empty", Verdict.PAUSE, "The limit of the key is hit (3.1)")
                    .retryAfter("12")
                    .pausing(Duration.ofSeconds(12)));

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return new RefportBackend(SECRET, baseUrl, RefportBackend.LEAD_EVENT_NAME);
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return ROWS;
    }
}
