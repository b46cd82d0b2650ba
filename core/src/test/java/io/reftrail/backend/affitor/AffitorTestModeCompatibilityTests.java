package io.reftrail.backend.affitor;

import static io.reftrail.backend.Rows.row;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** Affitor in test mode, which gives out no click ids and takes no refunds (docs/contracts/affitor.md, sections 3.1 to 3.5). */
public class AffitorTestModeCompatibilityTests extends TrackingBackendCompatibilityKit {

    /** In test mode a success without a click id is one, and what is said of refunds is never heard. */
    private static final List<OutcomeRow> ROWS = Stream.concat(
                    Stream.of(row(
                            Event.Type.CLICK,
                            200,
                            "{'success':true,'message':'Test','data':{'test_mode':true}}",
                            Verdict.RECORDED,
                            "A test has no click id")),
                    AffitorOutcomes.ROWS.stream()
                            .filter(row -> row.type() != Event.Type.REFUND)
                            .filter(row -> !row.meaning().equals("A success without a click id is none")))
            .toList();

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return AffitorBackend.builder(SECRET)
                .programId("prog_12")
                .testMode(true)
                .baseUrl(baseUrl)
                .build();
    }

    @Override
    protected List<OutcomeRow> outcomes() {
        return ROWS;
    }

    @Override
    protected List<OutcomeRow> documented() {
        return AffitorOutcomes.TESTS;
    }

    @Override
    protected boolean isSent(Event.Type type) {
        return type != Event.Type.REFUND;
    }
}
