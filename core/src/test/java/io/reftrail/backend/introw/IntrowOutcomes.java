package io.reftrail.backend.introw;

import static io.reftrail.backend.Rows.FIVE_MINUTES;
import static io.reftrail.backend.Rows.row;
import static io.reftrail.model.Event.Type.LEAD;
import static io.reftrail.model.Outcome.Verdict.DUPLICATE;
import static io.reftrail.model.Outcome.Verdict.IGNORED;
import static io.reftrail.model.Outcome.Verdict.PAUSE;
import static io.reftrail.model.Outcome.Verdict.RECORDED;
import static io.reftrail.model.Outcome.Verdict.REJECTED;
import static io.reftrail.model.Outcome.Verdict.RETRY;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import io.reftrail.model.Event;
import java.util.List;

/** The status table of docs/contracts/introw.md, section 3.1. The one endpoint takes leads and sales alike. */
public final class IntrowOutcomes {

    public static final List<OutcomeRow> ROWS = of(LEAD);

    private IntrowOutcomes() {}

    /** Returns the table for the event that counts as the conversion. */
    public static List<OutcomeRow> of(Event.Type type) {
        return Rows.table(
                List.of(
                        row(
                                type,
                                201,
                                "{'status':'recorded','conversionId':'cnv_1','formSubmissionId':'fsub_1'}",
                                RECORDED,
                                "A new conversion (3.1)"),
                        row(
                                type,
                                200,
                                "{'status':'recorded'}",
                                RECORDED,
                                "The status field decides, not the code (3.1)"),
                        row(type, 200, "{'status':'duplicate'}", DUPLICATE, "This click has converted before (3.1)"),
                        row(type, 201, "{'status':'duplicate'}", DUPLICATE, "The same, whatever the code (3.1)"),
                        row(
                                type,
                                200,
                                "{'status':'ignored','conversionId':null,'formSubmissionId':null}",
                                IGNORED,
                                "The click token is expired, malformed, forged or of another campaign (3.1)"),
                        row(type, 201, "{'status':'ignored'}", IGNORED, "The same, whatever the code (3.1)"),
                        row(type, 200, "{'status':'unheard of'}", RETRY, "A status that the contract does not know"),
                        row(type, 200, "{'status':'RECORDED'}", RETRY, "A status that the contract does not know"),
                        row(type, 200, "{'status':1}", RETRY, "No status"),
                        row(type, 200, "{'status':null}", RETRY, "No status"),
                        row(type, 200, "{}", RETRY, "No status"),
                        row(type, 200, "null", RETRY, "No status"),
                        row(type, 200, "'recorded'", RETRY, "No status"),
                        row(
                                type,
                                200,
                                "{'status':'recorded'} {'status':'recorded'}",
                                RETRY,
                                "Two answers are not an answer"),
                        row(type, 202, "empty", RETRY, "An empty body does not confirm that anything was recorded"),
                        row(type, 307, "{'status':'recorded'}", RETRY, "A redirect records nothing"),
                        row(type, 400, "{'message':'bad'}", REJECTED, "Introw refuses the event"),
                        row(type, 400, "empty", RETRY, "A proxy's answer: what Introw writes is an object of JSON"),
                        row(type, 401, "{'message':'no key'}", PAUSE, "The key is missing, invalid or revoked (3.1)")
                                .pausing(FIVE_MINUTES),
                        row(
                                        type,
                                        402,
                                        "{'code':'API_CREDITS_EXHAUSTED'}",
                                        PAUSE,
                                        "The month's credits are used up; nothing is lost until there are more (3.1)")
                                .pausing(FIVE_MINUTES),
                        row(type, 403, "{'message':'no scope'}", PAUSE, "The key lacks the scope affiliate:write (3.1)")
                                .pausing(FIVE_MINUTES),
                        row(type, 422, "{'message':'clickId'}", REJECTED, "The click id is refused (3.1)"),
                        row(type, 422, "empty", REJECTED, "The shape of a 422 is not documented (3.1, 5)"),
                        row(type, 422, "{'status':'recorded'}", REJECTED, "An error, whatever its body says (3.1)"),
                        row(type, 500, "{'status':'recorded'}", RETRY, "An error, whatever its body says")),
                Rows.everywhere(type));
    }
}
