package io.reftrail.backend;

import java.util.List;

/** Affihub, who wants no key, by contracts/affihub.md, section 3.1. */
class AffihubCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return AffihubBackend.builder("prog_1").baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return AffihubOutcomes.ROWS;
    }
}
