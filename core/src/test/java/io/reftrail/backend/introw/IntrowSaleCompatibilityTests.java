package io.reftrail.backend.introw;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.backend.introw.IntrowBackend.Conversion;
import io.reftrail.model.Event;
import java.util.List;

/** Introw where the first payment counts; the endpoint and its answers are the same (docs/contracts/introw.md, section 3.1). */
public class IntrowSaleCompatibilityTests extends TrackingBackendCompatibilityKit {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return IntrowBackend.builder(SECRET)
                .conversion(Conversion.SALE)
                .baseUrl(baseUrl)
                .build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return IntrowOutcomes.ROWS.stream()
                .map(row -> new OutcomeRow(
                        Event.Type.SALE,
                        row.status(),
                        row.retryAfter(),
                        row.body(),
                        row.verdict(),
                        row.pause(),
                        row.meaning()))
                .toList();
    }
}
