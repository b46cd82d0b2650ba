package io.reftrail.backend.introw;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import java.util.List;

/** Introw, by docs/contracts/introw.md, section 3.1. */
public class IntrowCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return IntrowBackend.builder(SECRET).baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return IntrowOutcomes.ROWS;
    }
}
