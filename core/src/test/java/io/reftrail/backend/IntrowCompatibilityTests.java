package io.reftrail.backend;

import java.util.List;

/** Introw, by docs/contracts/introw.md, section 3.1. */
class IntrowCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return IntrowBackend.builder(SECRET).baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return IntrowOutcomes.ROWS;
    }
}
