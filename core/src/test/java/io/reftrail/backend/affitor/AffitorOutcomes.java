package io.reftrail.backend.affitor;

import static io.reftrail.backend.Rows.FIVE_MINUTES;
import static io.reftrail.backend.Rows.row;
import static io.reftrail.model.Event.Type.CLICK;
import static io.reftrail.model.Event.Type.LEAD;
import static io.reftrail.model.Event.Type.REFUND;
import static io.reftrail.model.Event.Type.SALE;
import static io.reftrail.model.Outcome.Verdict.DUPLICATE;
import static io.reftrail.model.Outcome.Verdict.IGNORED;
import static io.reftrail.model.Outcome.Verdict.PAUSE;
import static io.reftrail.model.Outcome.Verdict.RECORDED;
import static io.reftrail.model.Outcome.Verdict.REJECTED;
import static io.reftrail.model.Outcome.Verdict.RETRY;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.Rows;
import java.util.List;

/** The status tables of docs/contracts/affitor.md, sections 3.1, 3.2, 3.4 and 3.5. */
public final class AffitorOutcomes {

    private static final List<OutcomeRow> CLICKS = List.of(
            row(
                    CLICK,
                    200,
                    "{'success':true,'click_id':'cust_12_1','partner_code':'nora7','cookie_window_days':60}",
                    RECORDED,
                    "Exchanged: the click id goes into the cookie, for as long as the answer says (3.1)"),
            row(
                    CLICK,
                    200,
                    "{'success':false,'message':'Referral link is inactive'}",
                    IGNORED,
                    "The partner's link is inactive; the lead that waits for the click is ignored too (3.1)"),
            row(CLICK, 200, "{'success':true}", RETRY, "A success without a click id is none"),
            row(CLICK, 200, "{'success':true,'click_id':' '}", RETRY, "A success without a click id is none"),
            row(CLICK, 200, "{'click_id':'cust_12_1'}", RETRY, "It does not say that it is a success"),
            row(CLICK, 400, "{'error':'Invalid affiliate_url'}", REJECTED, "No code, or a link that is unknown (3.1)"),
            row(CLICK, 500, "{'error':'Click tracking failed'}", RETRY, "Affitor has failed (3.1)"));

    private static final List<OutcomeRow> LEADS = List.of(
            row(LEAD, 200, "{'success':true,'message':'Lead tracked successfully'}", RECORDED, "A new lead (3.2)"),
            row(LEAD, 200, "{'success':true,'provisional':true}", RECORDED, "Provisional, until a payment (3.2)"),
            row(LEAD, 200, "{'success':false}", RETRY, "No answer that the contract knows"),
            row(
                    LEAD,
                    400,
                    "{'error':'Customer status cannot be updated to lead'}",
                    DUPLICATE,
                    "The customer is a lead already: the only sign of a repetition (3.2, 4)"),
            row(
                    LEAD,
                    400,
                    "{'error':'Status CANNOT be updated to Lead.'}",
                    DUPLICATE,
                    "The same, in another spelling (4)"),
            row(LEAD, 400, "{'error':'Customer not found'}", REJECTED, "No such customer (3.2)"),
            row(LEAD, 400, "{'error':'click_id or customer_key is required'}", REJECTED, "Neither id (3.2)"),
            row(LEAD, 400, "{'error':{'text':'cannot be updated to lead'}}", REJECTED, "Not the error that is known"),
            row(LEAD, 400, "empty", RETRY, "Not Affitor's error: every one is an object of JSON (3)"),
            row(LEAD, 401, "{'error':'Invalid token'}", PAUSE, "The token is refused (3.2)")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 403, "{'error':'Forbidden'}", PAUSE, "Not documented: taken for a refusal of the token")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 404, "{'error':'Not found'}", PAUSE, "Not documented: taken for a wrong base URL")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 500, "{'error':'Lead tracking failed'}", RETRY, "Affitor has failed (3.2)"));

    private static final List<OutcomeRow> SALES = List.of(
            row(SALE, 200, "{'success':true,'sale_id':901,'commission_id':377}", RECORDED, "Attributed (3.4)"),
            row(
                    SALE,
                    200,
                    "{'success':true,'sale_id':901,'commission_id':null,'message':'window expired'}",
                    IGNORED,
                    "The attribution window is over: a sale without a commission (3.4, variant A)"),
            row(
                    SALE,
                    200,
                    "{'success':true,'attributed':false,'reason':'attribution_window_expired','sale_id':null,"
                            + "'commission_id':null}",
                    IGNORED,
                    "The attribution window is over: nothing was stored (3.4, variant B)"),
            row(SALE, 200, "{'success':false}", RETRY, "No answer that the contract knows"),
            row(SALE, 400, "{'error':'Customer not found'}", REJECTED, "Bad id or amount, no such customer (3.4)"),
            row(SALE, 401, "{'error':'Missing token'}", PAUSE, "The token is refused (3.4)")
                    .pausing(FIVE_MINUTES),
            row(SALE, 409, "{'error':'Duplicate transaction_id'}", DUPLICATE, "The invoice is recorded (3.4)"),
            row(
                    SALE,
                    409,
                    "{'error':'Conflict','message':'Duplicate','statusCode':409}",
                    DUPLICATE,
                    "The same, in the other form that is documented (4)"),
            row(SALE, 409, "HTML", RETRY, "A page of HTML is a proxy's answer"),
            row(SALE, 409, "7", RETRY, "Not Affitor's error: every one is an object of JSON (3)"),
            row(
                    SALE,
                    500,
                    "{'error':'Commission creation failed'}",
                    RETRY,
                    "The id may be spent: the next try may say 409, without a commission (3.4, 4)"));

    private static final List<OutcomeRow> REFUNDS = List.of(
            row(REFUND, 200, "{'success':true,'status':'reversed','commission_id':377}", RECORDED, "In full (3.5)"),
            row(REFUND, 200, "{'success':true,'status':'refunded','deductionAmount':4.35}", RECORDED, "In part (3.5)"),
            row(
                    REFUND,
                    200,
                    "{'success':true,'status':'skipped'}",
                    DUPLICATE,
                    "A repetition, to Affitor, who is told no refund id (3.5)"),
            row(REFUND, 200, "{'success':true,'status':'no_commission'}", IGNORED, "Nothing to take back (3.5)"),
            row(REFUND, 200, "{'success':true,'status':'other'}", RETRY, "No answer that the contract knows"),
            row(REFUND, 400, "{'error':'Bad amount'}", REJECTED, "Affitor refuses the refund (3.5)"),
            row(REFUND, 401, "{'error':'Missing token'}", PAUSE, "The token is refused (3.5)")
                    .pausing(FIVE_MINUTES),
            row(REFUND, 500, "{'error':'Refund failed'}", RETRY, "Affitor has failed (3.5)"),
            row(REFUND, 404, "{'error':'Sale not found'}", REJECTED, "The sale is unknown (3.5)"),
            row(REFUND, 404, "{'message':'no such route'}", PAUSE, "Not Affitor's error: check the base URL")
                    .pausing(FIVE_MINUTES));

    public static final List<OutcomeRow> ROWS =
            Rows.table(CLICKS, LEADS, SALES, REFUNDS, Rows.everywhere(CLICK, LEAD, SALE, REFUND));

    /** The older endpoint's answers to a lead (section 3.3); the click was read from a cookie of that generation. */
    public static final List<OutcomeRow> OLDER = List.of(
            row(
                    LEAD,
                    200,
                    "{'success':true,'message':'Lead tracked successfully','customer_code':'cust_12_1'}",
                    RECORDED,
                    "A new lead, or one that was known (3.3, 4)"),
            row(LEAD, 400, "{'error':'customer_code is required'}", REJECTED, "An id is missing (3.3)"),
            row(LEAD, 401, "{'error':'Invalid token'}", PAUSE, "The token is refused (3.3)")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 403, "{'error':'Program is not active'}", REJECTED, "The program is not active (3.3)"),
            row(LEAD, 403, "HTML", PAUSE, "Not Affitor's error").pausing(FIVE_MINUTES),
            row(LEAD, 404, "{'error':'Customer not found'}", REJECTED, "Unknown, or of another program (3.3)"),
            row(LEAD, 404, "empty", PAUSE, "Not Affitor's error: check the base URL")
                    .pausing(FIVE_MINUTES),
            row(LEAD, 500, "{'error':'Failed'}", RETRY, "Affitor has failed (3.3)"));

    private static final String TEST = "{'success':true,'message':'Test','data':{'eventId':'e','test_mode':true}}";

    /** The answers in the test mode (sections 3.1, 3.2 and 4). */
    public static final List<OutcomeRow> TESTS = List.of(
            row(CLICK, 200, TEST, RECORDED, "A test has no click id (3.1)"),
            row(
                    CLICK,
                    200,
                    "{'success':true,'click_id':'cust_12_1'}",
                    RECORDED,
                    "A click id that a test is given is no real one, and is not kept"),
            row(CLICK, 200, "{'success':false}", IGNORED, "The partner's link is inactive (3.1)"),
            row(CLICK, 200, "{'click_id':'cust_12_1'}", RETRY, "It does not say that it is a success"),
            row(LEAD, 200, TEST, RECORDED, "A test (3.2)"),
            row(SALE, 200, TEST, RECORDED, "A test (4)"),
            row(SALE, 401, "{'error':'Missing token'}", PAUSE, "A test needs the token too (3.4)")
                    .pausing(FIVE_MINUTES));

    private AffitorOutcomes() {}
}
