package io.reftrail.backend;

import java.util.List;

/** Dub with a short domain, by docs/contracts/dub.md, sections 3.1 to 3.3. */
class DubCompatibilityTests extends TrackingBackendCompatibilityKit {

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
