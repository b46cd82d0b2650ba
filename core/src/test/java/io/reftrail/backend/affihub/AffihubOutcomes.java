package io.reftrail.backend.affihub;

import static io.reftrail.backend.Rows.FIVE_MINUTES;
import static io.reftrail.backend.Rows.row;
import static io.reftrail.model.Event.Type.CLICK;
import static io.reftrail.model.Outcome.Verdict.PAUSE;
import static io.reftrail.model.Outcome.Verdict.RECORDED;
import static io.reftrail.model.Outcome.Verdict.REJECTED;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import java.util.List;

/** No answer of the click beacon is documented (docs/contracts/affihub.md, section 3.1), so any success is one. */
public final class AffihubOutcomes {

    public static final List<OutcomeRow> ROWS = Rows.table(
            List.of(
                    row(CLICK, 200, "{'ok':true}", RECORDED, "Any success, whatever its body (3.1)"),
                    row(CLICK, 200, "empty", RECORDED, "Any success, whatever its body (3.1)"),
                    row(CLICK, 200, "HTML", RECORDED, "Any success, whatever its body (3.1)"),
                    row(CLICK, 202, "empty", RECORDED, "Any success, whatever its body (3.1)"),
                    row(CLICK, 204, "empty", RECORDED, "Any success, whatever its body (3.1)"),
                    row(
                            CLICK,
                            400,
                            "{'error':'No'}",
                            REJECTED,
                            "Affihub refuses the click; nothing more is documented"),
                    row(CLICK, 422, "empty", REJECTED, "Affihub refuses the click; nothing more is documented"),
                    row(CLICK, 401, "{'error':'No'}", PAUSE, "There is no key: the program id is refused")
                            .pausing(FIVE_MINUTES),
                    row(CLICK, 403, "{'error':'No'}", PAUSE, "There is no key: the program id is refused")
                            .pausing(FIVE_MINUTES)),
            Rows.shared(CLICK));

    private AffihubOutcomes() {}
}
