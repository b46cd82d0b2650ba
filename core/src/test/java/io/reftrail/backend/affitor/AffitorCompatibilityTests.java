package io.reftrail.backend.affitor;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import java.util.List;

/** Affitor's current generation, by docs/contracts/affitor.md, sections 3.1, 3.2, 3.4 and 3.5. */
public class AffitorCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return AffitorBackend.builder(SECRET)
                .programId("prog_12")
                .baseUrl(baseUrl)
                .build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return AffitorOutcomes.ROWS;
    }
}
