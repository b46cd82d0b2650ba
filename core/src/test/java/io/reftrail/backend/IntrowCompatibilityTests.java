package io.reftrail.backend;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.List;

/** Introw, by contracts/introw.md, section 3.1. */
class IntrowCompatibilityTests extends TrackingBackendCompatibilityKit {

    private static final List<OutcomeRow> ROWS = List.of(
            OutcomeRow.of(
                    Event.Type.LEAD, 201, "{\"status\":\"recorded\"}", Verdict.RECORDED, "A new conversion (3.1)"),
            OutcomeRow.of(
                    Event.Type.LEAD,
                    200,
                    "{\"status\":\"duplicate\"}",
                    Verdict.DUPLICATE,
                    "This click has converted before (3.1)"),
            OutcomeRow.of(
                    Event.Type.LEAD,
                    200,
                    "{\"status\":\"ignored\",\"conversionId\":null,\"formSubmissionId\":null}",
                    Verdict.IGNORED,
                    "The token is expired, malformed or forged (3.1)"),
            OutcomeRow.of(
                            Event.Type.LEAD,
                            401,
                            "empty",
                            Verdict.PAUSE,
                            "The key is missing, invalid, expired or revoked (3.1)")
                    .pausing(Duration.ofMinutes(5)),
            OutcomeRow.of(Event.Type.LEAD, 422, "empty", Verdict.REJECTED, "The click id is absent or empty (3.1)"));

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return new IntrowBackend(SECRET, baseUrl);
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return ROWS;
    }
}
