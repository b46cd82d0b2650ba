package io.reftrail.backend.refport;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;

/** Refport, by docs/contracts/refport.md, sections 3.1 and 3.2. */
public class RefportCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return RefportBackend.builder(SECRET).baseUrl(baseUrl).build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return Rows.table(
                RefportOutcomes.ROWS,
                List.of(Rows.row(
                        Event.Type.SALE,
                        200,
                        "{}",
                        Verdict.RECORDED,
                        "Any object is an acceptance, as for a lead (3.2)")));
    }
}
