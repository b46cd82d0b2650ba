package io.reftrail.backend.affitor;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import java.util.List;
import java.util.stream.Stream;

/** Affitor's generation 1 for the lead of a visitor who has only a cookie of it, by docs/contracts/affitor.md, section 3.3. */
public class AffitorOlderCompatibilityTests extends AffitorCompatibilityTests {

    @Override
    protected List<OutcomeRow> outcomes() {
        Stream<OutcomeRow> others = AffitorOutcomes.ROWS.stream().filter(row -> row.type() != Event.Type.LEAD);
        return Stream.concat(others, AffitorOutcomes.OLDER.stream()).toList();
    }

    @Override
    protected List<OutcomeRow> documented() {
        return AffitorOutcomes.OLDER;
    }

    @Override
    protected Attribution completed(Attribution attribution) {
        return attribution.with(Attribution.COOKIE, "customer_code");
    }
}
