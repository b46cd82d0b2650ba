package io.example.acme;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;
import java.util.stream.Stream;

class BorealisBackendTests extends TrackingBackendCompatibilityKit {

    private static final String LONELY = "A click of which only the code is known";

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return new BorealisBackend(SECRET, baseUrl);
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        String answer = "{\"id\":\"b_1\"}";
        return Stream.concat(
                        Stream.of(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE)
                                .map(type -> OutcomeRow.of(type, 201, answer, Verdict.RECORDED, "Recorded")),
                        Stream.of(
                                OutcomeRow.of(Event.Type.CLICK, 201, "{\"id\":\"b_2\"}", Verdict.RECORDED, LONELY),
                                OutcomeRow.of(Event.Type.CLICK, 201, "{}", Verdict.RETRY, "No click id in it")))
                .toList();
    }

    /** A typical sale is that of a customer whose lead has been answered. */
    @Override
    protected Attribution completed(Attribution attribution) {
        return attribution.with(BorealisBackend.LEAD, "b_1");
    }

    /** One row is about another click than the typical one. */
    @Override
    protected Event event(OutcomeRow row, Event typical) {
        return row.meaning().equals(LONELY) && typical instanceof Click click
                ? click.withoutIpAddress().withoutUserAgent()
                : typical;
    }
}
