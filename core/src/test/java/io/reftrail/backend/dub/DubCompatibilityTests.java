package io.reftrail.backend.dub;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import java.util.List;

/** Dub with a short domain, by docs/contracts/dub.md, sections 3.1 to 3.3. */
public class DubCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return DubBackend.builder(SECRET)
                .domain("go.shop.example")
                .baseUrl(baseUrl)
                .build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return DubOutcomes.ROWS;
    }
}
