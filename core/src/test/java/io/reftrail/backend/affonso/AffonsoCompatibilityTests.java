package io.reftrail.backend.affonso;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Attribution;
import java.util.List;

/** Affonso, by docs/contracts/affonso.md, section 3. */
public class AffonsoCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return AffonsoBackend.builder(SECRET, "prg_1").baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return AffonsoOutcomes.ROWS;
    }

    /** A refund is reported under the id that the answer to the sale has told (section 3.5). */
    @Override
    protected Attribution completed(Attribution attribution) {
        return attribution.with(AffonsoBackend.CONVERSION, "com_1");
    }
}
