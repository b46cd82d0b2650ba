package io.example.acme;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.List;

class AcmeBackendTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return new AcmeBackend(SECRET, baseUrl);
    }

    /** Every answer of Acme's documentation, and the ones that it forgets. */
    @Override
    protected List<OutcomeRow> outcomes() {
        Event.Type lead = Event.Type.LEAD;
        return List.of(
                OutcomeRow.of(lead, 200, "{\"id\":\"l_1\"}", Verdict.RECORDED, "A new lead"),
                OutcomeRow.of(lead, 200, "{\"success\":false}", Verdict.RETRY, "Not the answer that Acme documents"),
                OutcomeRow.of(lead, 200, "empty", Verdict.RETRY, "Nobody knows"),
                OutcomeRow.of(lead, 409, "{\"error\":\"exists\"}", Verdict.DUPLICATE, "The customer is a lead already"),
                OutcomeRow.of(lead, 422, "{\"error\":\"click\"}", Verdict.REJECTED, "Acme does not know the click"),
                OutcomeRow.of(lead, 422, "HTML", Verdict.RETRY, "A proxy's page, not Acme's answer"),
                OutcomeRow.of(lead, 401, "empty", Verdict.PAUSE, "The key is wrong")
                        .pausing(Duration.ofMinutes(5)),
                OutcomeRow.of(lead, 429, "empty", Verdict.PAUSE, "Too many calls")
                        .retryAfter("7")
                        .pausing(Duration.ofSeconds(7)));
    }
}
