package io.reftrail.backend.affihub;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;

/** Affihub, who wants no key, by docs/contracts/affihub.md, section 3.1. */
public class AffihubCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return AffihubBackend.builder("prog_1").baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return Rows.table(
                AffihubOutcomes.ROWS,
                List.of(Rows.row(
                        Event.Type.CLICK,
                        400,
                        "empty",
                        Verdict.REJECTED,
                        "Affihub refuses the click; nothing more is documented")));
    }
}
