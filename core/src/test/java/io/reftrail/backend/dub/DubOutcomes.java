package io.reftrail.backend.dub;

import static io.reftrail.backend.Rows.FIVE_MINUTES;
import static io.reftrail.backend.Rows.row;
import static io.reftrail.model.Event.Type.CLICK;
import static io.reftrail.model.Event.Type.LEAD;
import static io.reftrail.model.Event.Type.SALE;
import static io.reftrail.model.Outcome.Verdict.DUPLICATE;
import static io.reftrail.model.Outcome.Verdict.IGNORED;
import static io.reftrail.model.Outcome.Verdict.PAUSE;
import static io.reftrail.model.Outcome.Verdict.RECORDED;
import static io.reftrail.model.Outcome.Verdict.REJECTED;
import static io.reftrail.model.Outcome.Verdict.RETRY;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import java.time.Duration;
import java.util.List;

/** The status tables of docs/contracts/dub.md, sections 3.1 to 3.3, and the traps of sections 3.5 and 4. */
public final class DubOutcomes {

    private static final List<OutcomeRow> CLICKS = List.of(
            row(
                    CLICK,
                    200,
                    "{'clickId':'k3Vt9QxLm2Za8RbE','partner':null}",
                    RECORDED,
                    "Exchanged for a click id (3.2)"),
            row(CLICK, 200, "{'clickId':null}", RETRY, "A success without a click id is none"),
            row(CLICK, 200, "{}", RETRY, "A success without a click id is none"),
            row(CLICK, 403, error("forbidden"), REJECTED, "The workspace takes clicks from its own pages only (3.2)"),
            row(CLICK, 404, error("not_found"), REJECTED, "No such link, or it has no workspace (3.2)"),
            row(CLICK, 422, error("unprocessable_entity"), REJECTED, "A field is missing (3.2)"),
            row(CLICK, 500, error("internal_server_error"), RETRY, "Dub has failed (3.2)"));

    private static final List<OutcomeRow> LEADS = List.of(
            row(LEAD, 200, "{'click':{'id':'k'},'link':{'id':'link_1'},'customer':{}}", RECORDED, "A new lead (3.1)"),
            row(
                    LEAD,
                    200,
                    "{'click':{'id':'k'},'link':null,'customer':{}}",
                    DUPLICATE,
                    "Nothing was recorded: Dub has the lead, or an earlier try has failed halfway (3.1, 4)"),
            row(LEAD, 200, "{'click':{'id':'k'}}", RETRY, "Without a link or its absence, nothing is said"),
            row(LEAD, 200, "{'link':'link_1'}", RETRY, "Not the link that the contract knows"),
            row(LEAD, 200, "null", RETRY, "No answer that the contract knows"),
            row(LEAD, 400, error("bad_request"), REJECTED, "Dub refuses the lead (3.1)"),
            row(LEAD, 400, "empty", RETRY, "Not Dub's error: every one is an object of JSON (3)"),
            row(LEAD, 401, error("unauthorized"), PAUSE, "The key is missing, invalid or expired (3.1)")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 403, error("forbidden"), PAUSE, "The plan or the key's role is too low (3.1)")
                    .pausing(FIVE_MINUTES),
            row(
                    LEAD,
                    404,
                    error("not_found"),
                    REJECTED,
                    "The click or its link is unknown; a retry is useless (3.1, 4)"),
            row(LEAD, 404, "{'error':'not_found'}", PAUSE, "Not Dub's error: check the base URL")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 409, error("conflict"), REJECTED, "Dub refuses the lead (3.1)"),
            row(LEAD, 409, error("invite_pending"), REJECTED, "Dub refuses the lead (3.1)"),
            row(LEAD, 410, error("invite_expired"), REJECTED, "Dub refuses the lead (3.1)"),
            row(LEAD, 422, error("unprocessable_entity"), REJECTED, "A field is malformed (3.1)"),
            row(LEAD, 429, error("rate_limit_exceeded"), PAUSE, "The plan's limit, as Dub's code writes it (3.5)")
                    .retryAfter("4102444800000")
                    .pausing(Duration.ofHours(1)),
            row(
                    LEAD,
                    500,
                    error("internal_server_error"),
                    RETRY,
                    "Dub has failed; the next try may say link:null (4)"));

    private static final List<OutcomeRow> SALES = List.of(
            row(
                    SALE,
                    200,
                    "{'eventName':'Purchase','customer':{},'sale':{'amount':3150}}",
                    RECORDED,
                    "Recorded, or the stored reply to the same invoice (3.3)"),
            row(
                    SALE,
                    200,
                    "{'eventName':'Purchase','customer':null,'sale':null}",
                    IGNORED,
                    "The customer is unknown, or the amount is 0 (3.3)"),
            row(SALE, 200, "{'eventName':'Purchase'}", RETRY, "No answer that the contract knows"),
            row(SALE, 404, error("not_found"), RETRY, "The lead may not be written yet (3.3, 4)"),
            row(SALE, 404, "{'error':'not_found'}", PAUSE, "Not Dub's error: check the base URL")
                    .pausing(FIVE_MINUTES),
            row(SALE, 400, error("bad_request"), REJECTED, "Dub refuses the sale (3.1)"),
            row(SALE, 401, error("unauthorized"), PAUSE, "The key is missing, invalid or expired (3.1)")
                    .pausing(FIVE_MINUTES),
            row(SALE, 403, error("forbidden"), PAUSE, "The plan or the key's role is too low (3.1)")
                    .pausing(FIVE_MINUTES),
            row(SALE, 409, error("conflict"), REJECTED, "Dub refuses the sale (3.1)"),
            row(SALE, 422, error("unprocessable_entity"), REJECTED, "A field is malformed (3.1)"),
            row(SALE, 429, error("rate_limit_exceeded"), PAUSE, "The plan's limit, as Dub's code writes it (3.5)")
                    .retryAfter("4102444800000")
                    .pausing(Duration.ofHours(1)),
            row(SALE, 500, error("internal_server_error"), RETRY, "Dub has failed (3.1)"));

    public static final List<OutcomeRow> ROWS = Rows.table(CLICKS, LEADS, SALES, Rows.everywhere(CLICK, LEAD, SALE));

    private DubOutcomes() {}

    private static String error(String code) {
        return "{'error':{'code':'" + code + "','message':'No','doc_url':'https://dub.co'}}";
    }
}
