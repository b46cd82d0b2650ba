package io.reftrail.backend.affonso;

import static io.reftrail.backend.Rows.FIVE_MINUTES;
import static io.reftrail.backend.Rows.row;
import static io.reftrail.model.Event.Type.CLICK;
import static io.reftrail.model.Event.Type.LEAD;
import static io.reftrail.model.Event.Type.REFUND;
import static io.reftrail.model.Event.Type.SALE;
import static io.reftrail.model.Event.Type.TRIAL;
import static io.reftrail.model.Outcome.Verdict.DUPLICATE;
import static io.reftrail.model.Outcome.Verdict.PAUSE;
import static io.reftrail.model.Outcome.Verdict.RECORDED;
import static io.reftrail.model.Outcome.Verdict.REJECTED;
import static io.reftrail.model.Outcome.Verdict.RETRY;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The status tables of docs/contracts/affonso.md, sections 3.1, 3.2 and 3.4 to 3.7. */
public final class AffonsoOutcomes {

    private static final List<OutcomeRow> CLICKS = List.of(
            row(CLICK, 201, "{'success':true,'data':{'id':'clk_1'}}", RECORDED, "Exchanged for a click id (3.1)"),
            row(
                    CLICK,
                    200,
                    "{'success':true,'data':{'id':'clk_1'}}",
                    RECORDED,
                    "The same: no code is documented (3.1)"),
            row(CLICK, 201, "{'success':true,'data':{}}", RETRY, "A success without a click id is none"),
            row(CLICK, 201, "{'data':{'id':'clk_1'}}", RETRY, "Not the envelope that every answer has (3)"),
            row(CLICK, 400, error("VALIDATION_ERROR"), REJECTED, "A field is missing or too long (3.1, 3.7)"),
            row(CLICK, 401, error("INVALID_API_KEY"), PAUSE, "The key is refused (3.7)")
                    .pausing(FIVE_MINUTES),
            row(CLICK, 403, error("INSUFFICIENT_PERMISSIONS"), PAUSE, "The key may not create clicks (3, 3.7)")
                    .pausing(FIVE_MINUTES),
            row(CLICK, 403, error("FORBIDDEN"), REJECTED, "About this click: the code may be a stranger's (3.1, 3.7)"),
            row(CLICK, 429, limited("7"), PAUSE, "The wait stands in the body (3.7)")
                    .pausing(Duration.ofSeconds(7)),
            row(CLICK, 404, error("NOT_FOUND"), REJECTED, "No such affiliate or program (3.1, 3.7)"),
            row(
                    CLICK,
                    409,
                    error("DUPLICATE_ERROR"),
                    REJECTED,
                    "Not documented for clicks; there is no click id in it"));

    private static final List<OutcomeRow> LEADS = List.of(
            row(LEAD, 201, referral("lead"), RECORDED, "The click has become a lead (3.2)"),
            row(LEAD, 201, referral("rejected"), REJECTED, "Blocked by the fraud checks, and still a 201 (3.2, 4)"),
            row(LEAD, 200, referral("lead"), DUPLICATE, "This click was converted before (3.2)"),
            row(LEAD, 200, referral("rejected"), REJECTED, "Converted before, and blocked then (3.2)"),
            row(LEAD, 200, referral("customer"), DUPLICATE, "Converted before, and a customer by now (3.2, 3.3)"),
            row(LEAD, 202, referral("lead"), RETRY, "Neither new nor known: the next answer says which (3.2)"),
            row(LEAD, 201, "{'success':true}", RETRY, "A success without a referral is none"),
            row(LEAD, 201, "{'success':true,'data':null}", RETRY, "A success without a referral is none"),
            row(LEAD, 201, "{'success':false}", RETRY, "A success that says it is none (3.7)"),
            row(LEAD, 200, error("VALIDATION_ERROR"), REJECTED, "A success that says it is none (3.7)"),
            row(LEAD, 400, error("VALIDATION_ERROR"), REJECTED, "An id is missing, or the address is bad (3.2)"),
            row(LEAD, 400, "{'success':false}", REJECTED, "Affonso refuses the event (4)"),
            row(LEAD, 400, "{}", RETRY, "Not the envelope that every answer has (3)"),
            row(LEAD, 409, "{'message':'conflict'}", RETRY, "Not the envelope that every answer has (3)"),
            row(LEAD, 404, error("NOT_FOUND"), REJECTED, "The click is unknown or another team's: final (3.2, 4)"),
            row(LEAD, 404, "{'success':false}", REJECTED, "The same, without a code"),
            row(LEAD, 404, "{'message':'no such route'}", PAUSE, "Not Affonso's envelope: check the base URL")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 409, error("DUPLICATE_ERROR"), DUPLICATE, "Affonso has it already (3.7)"),
            row(LEAD, 429, limited("7"), PAUSE, "The wait stands in the body (3.7)")
                    .pausing(Duration.ofSeconds(7)),
            row(LEAD, 429, limited("7"), PAUSE, "The wait stands in header and body: the header counts (3.7)")
                    .retryAfter("3")
                    .pausing(Duration.ofSeconds(3)),
            row(LEAD, 429, limited("999999"), PAUSE, "A wait is limited to an hour")
                    .pausing(Duration.ofHours(1)),
            row(LEAD, 429, limited("'soon'"), PAUSE, "A wait that cannot be read")
                    .pausing(Duration.ofSeconds(30)),
            row(LEAD, 401, error("NOT_FOUND"), PAUSE, "About the key, whatever the code says (3.7)")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 429, error("VALIDATION_ERROR"), PAUSE, "About the queue, whatever the code says (3.7)")
                    .pausing(Duration.ofSeconds(30)),
            row(LEAD, 500, error("VALIDATION_ERROR"), RETRY, "An error of Affonso's own, whatever its body says"));

    private static final List<OutcomeRow> SALES = List.of(
            row(
                    SALE,
                    201,
                    "{'success':true,'data':{'id':'com_1'}}",
                    RECORDED,
                    "A conversion, or the earlier one (3.4)"),
            row(SALE, 200, "{'success':true,'data':{'id':'com_1'}}", RECORDED, "The same: no code is documented (3.4)"),
            row(SALE, 200, "{'success':true,'data':null}", RECORDED, "A success without a commission (3.4)"),
            row(SALE, 400, error("VALIDATION_ERROR"), REJECTED, "Affonso refuses the sale (3.7)"),
            row(SALE, 404, error("NOT_FOUND"), REJECTED, "The click leads to no referral (3.7)"),
            row(SALE, 409, error("DUPLICATE_ERROR"), DUPLICATE, "Affonso has it already (3.7)"));

    private static final List<OutcomeRow> REFUNDS = List.of(
            row(
                    REFUND,
                    200,
                    "{'success':true,'data':{'id':'com_1','sales_status':'partial_refunded'}}",
                    RECORDED,
                    "The conversion as it is now (3.5)"),
            row(REFUND, 400, error("VALIDATION_ERROR"), REJECTED, "Affonso refuses the refund (3.7)"),
            row(REFUND, 404, error("NOT_FOUND"), REJECTED, "The conversion is unknown (3.7)"),
            row(REFUND, 409, error("DUPLICATE_ERROR"), DUPLICATE, "Affonso has it already (3.7)"));

    private static final List<OutcomeRow> TRIALS = List.of(
            row(
                    TRIAL,
                    200,
                    "{'success':true,'data':{'event_type':'trial','action':'referral_updated'}}",
                    RECORDED,
                    "The referral as it is now (3.6)"),
            row(TRIAL, 400, error("VALIDATION_ERROR"), REJECTED, "Affonso refuses the event (3.7)"),
            row(TRIAL, 404, error("NOT_FOUND"), REJECTED, "The customer has no referral (3.7)"),
            row(TRIAL, 409, error("DUPLICATE_ERROR"), DUPLICATE, "Affonso has it already (3.7)"));

    private static final List<OutcomeRow> KEYS = Stream.of(
                    "MISSING_API_KEY",
                    "INVALID_API_KEY_FORMAT",
                    "INVALID_API_KEY",
                    "API_KEY_DISABLED",
                    "API_KEY_EXPIRED",
                    "UNAUTHORIZED",
                    "INSUFFICIENT_PERMISSIONS",
                    "FORBIDDEN")
            .map(code -> row(LEAD, code.matches("INSUF.*|FORB.*") ? 403 : 401, error(code), PAUSE, code + " (3.7)")
                    .pausing(FIVE_MINUTES))
            .toList();

    public static final List<OutcomeRow> ROWS =
            Rows.table(CLICKS, LEADS, SALES, REFUNDS, TRIALS, KEYS, Rows.everywhere(CLICK, LEAD, SALE, REFUND, TRIAL));

    private AffonsoOutcomes() {}

    private static String error(String code) {
        return "{'success':false,'error':{'code':'" + code + "','message':'No'}}";
    }

    private static String limited(String retryAfter) {
        return "{'success':false,'error':{'code':'RATE_LIMIT_EXCEEDED','retryAfter':" + retryAfter + "}}";
    }

    private static String referral(String status) {
        return "{'success':true,'data':{'id':'clk_1','status':'" + status + "'}}";
    }
}
