package io.reftrail.backend;

import java.util.List;

/** Refport, by contracts/refport.md, sections 3.1 and 3.2. */
class RefportCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return RefportBackend.builder(SECRET).baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return RefportOutcomes.ROWS;
    }
}
