package io.reftrail.backend.refport;

import static io.reftrail.backend.Rows.FIVE_MINUTES;
import static io.reftrail.backend.Rows.row;
import static io.reftrail.model.Event.Type.LEAD;
import static io.reftrail.model.Event.Type.SALE;
import static io.reftrail.model.Outcome.Verdict.IGNORED;
import static io.reftrail.model.Outcome.Verdict.PAUSE;
import static io.reftrail.model.Outcome.Verdict.RECORDED;
import static io.reftrail.model.Outcome.Verdict.REJECTED;
import static io.reftrail.model.Outcome.Verdict.RETRY;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import io.reftrail.model.Event;
import java.time.Duration;
import java.util.List;

/** The status tables of docs/contracts/refport.md, sections 3.1 and 3.2. */
public final class RefportOutcomes {

    public static final List<OutcomeRow> ROWS = Rows.table(
            List.of(
                    row(
                            LEAD,
                            200,
                            "{'eventName':'Sign Up','click':{'id':'k'},'link':{'id':'lnk_1'}}",
                            RECORDED,
                            "Accepted; a repetition within 7 days looks the same (3.1, 4)"),
                    row(LEAD, 200, "{}", RECORDED, "Any object is an acceptance: none of its fields is promised (3.1)"),
                    row(LEAD, 200, "null", IGNORED, "The click is not tied to a link, or it is a repetition (3.1, 4)")),
            errors(LEAD, "3.1"),
            List.of(
                    row(
                            SALE,
                            200,
                            "{'eventName':'Purchase','sale':{'id':'sale_1','status':'pending'}}",
                            RECORDED,
                            "Accepted; the invoice id tells a repetition (3.2, 4)"),
                    row(SALE, 200, "null", IGNORED, "As for a lead: no link, or a repetition (3.1, 5)")),
            errors(SALE, "3.2"),
            List.of(
                    row(LEAD, 200, "true", RETRY, "No answer that the contract knows"),
                    row(LEAD, 200, "'ok'", RETRY, "No answer that the contract knows"),
                    row(LEAD, 200, "null null", RETRY, "Two answers are not an answer"),
                    row(LEAD, 202, "{}", RETRY, "No answer that the contract knows"),
                    row(LEAD, 400, "{'error':{'code':'SOMETHING_NEW'}}", REJECTED, "Refport refuses the event"),
                    row(LEAD, 400, "{'error':'INVALID_CLICK_ID'}", REJECTED, "Refport refuses the event"),
                    row(LEAD, 400, "empty", RETRY, "Not Refport's error: every one is an object of JSON (3)"),
                    row(
                            LEAD,
                            422,
                            "{'error':{'code':'VALIDATION_ERROR'}}",
                            REJECTED,
                            "Its library's name for a 400 (4)"),
                    row(LEAD, 500, "{'error':{'code':'INVALID_CLICK_ID'}}", RETRY, "An error, whatever its body says")),
            Rows.everywhere(LEAD, SALE));

    private RefportOutcomes() {}

    private static List<OutcomeRow> errors(Event.Type type, String section) {
        return List.of(
                row(
                        type,
                        400,
                        "{'error':{'code':'INVALID_CLICK_ID'}}",
                        REJECTED,
                        "The click id matches no click (" + section + ")"),
                row(
                        type,
                        400,
                        "{'error':{'code':'VALIDATION_ERROR'}}",
                        REJECTED,
                        "A field is missing or malformed (" + section + ")"),
                row(
                                type,
                                401,
                                "{'error':{'code':'UNAUTHORIZED'}}",
                                PAUSE,
                                "The key is missing or wrong (" + section + ")")
                        .pausing(FIVE_MINUTES),
                row(
                                type,
                                429,
                                "{'error':{'code':'RATE_LIMIT_EXCEEDED'}}",
                                PAUSE,
                                "The key's rate limit (" + section + ")")
                        .retryAfter("5")
                        .pausing(Duration.ofSeconds(5)));
    }
}
