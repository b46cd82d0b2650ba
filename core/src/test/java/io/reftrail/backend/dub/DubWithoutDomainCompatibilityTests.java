package io.reftrail.backend.dub;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Event;
import java.util.List;

/** Dub without a short domain, whose pages bring click ids and no keys of links (docs/contracts/dub.md, section 2). */
public class DubWithoutDomainCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return DubBackend.builder(SECRET).baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return DubOutcomes.ROWS.stream()
                .filter(row -> row.type() != Event.Type.CLICK)
                .toList();
    }
}
