package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vendors that come as declarations, by sections 3 to 5 of docs/contracts/firstpromoter.md and its neighbours. */
class DeclaredVendorTests {

    private static final String[] FIRSTPROMOTER = {"Authorization", "Bearer fp_sandbox", "Account-ID", "acc_sandbox"};
    private static final String[] TOLT = {"Authorization", "Bearer tolt_sandbox"};
    private static final String[] REWARDFUL = {"Authorization", basic("rewardful_sandbox:")};
    private static final String[] TAPFILIATE = {"X-Api-Key", "tap_sandbox"};

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @Test
    void firstPromoterCountsASignUpASaleAndItsRefundOnce() throws Exception {
        String signUp = "{'uid':'u1','email':'mia@example.org','ref_id':'nora'}";
        String sale = "{'uid':'u1','event_id':'in_1','amount':4900,'currency':'EUR'}";
        String refund = "{'uid':'u1','event_id':'re_1','sale_event_id':'in_1','amount':'4900'}";

        expect("firstpromoter/signup", signUp, 200, "recorded", FIRSTPROMOTER);
        expect("firstpromoter/signup", signUp, 422, "duplicate", FIRSTPROMOTER);
        expect("firstpromoter/sale", sale, 200, "recorded", FIRSTPROMOTER);
        expect("firstpromoter/sale", sale, 409, "duplicate", FIRSTPROMOTER);
        expect("firstpromoter/refund", refund, 200, "recorded", FIRSTPROMOTER);
        expect("firstpromoter/refund", refund, 409, "duplicate", FIRSTPROMOTER);
        expect("firstpromoter/cancellation", "{'uid':'u1'}", 200, "recorded", FIRSTPROMOTER);
        expect("firstpromoter/cancellation", "{'uid':'u1'}", 200, "duplicate", FIRSTPROMOTER);
        counted("firstpromoter", 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            signup | {'ref_id':'nora'}                                          | 400 | rejected
            signup | {'uid':'u1','ref_id':'nobody'}                             | 404 | rejected
            signup | {'uid':'u1'}                                               | 404 | rejected
            sale   | {'uid':'u1','event_id':'in_1','amount':1}                  | 404 | ignored
            sale   | {'uid':'u1','event_id':'in_1','amount':0}                  | 400 | rejected
            sale   | {'uid':'u1','amount':1}                                    | 400 | rejected
            refund | {'uid':'u1','event_id':'re_1','sale_event_id':'x','amount':'1'} | 204 | ignored
            refund | {'uid':'u1','event_id':'re_1','sale_event_id':'x','amount':1} | 400 | rejected
            cancellation | {'uid':'u1'}                                         | 404 | ignored
            cancellation | {}                                                   | 400 | rejected
            """)
    void firstPromoterRefuses(String call, String body, int status, String verdict) throws Exception {
        expect("firstpromoter/" + call, body, status, verdict, FIRSTPROMOTER);
    }

    @Test
    void toltPassesAnIdFromEachCallToTheNext() throws Exception {
        String click = "{'param':'tref','value':'nora','page':'https://shop.example/'}";
        HttpResponse<String> clicked = expect("tolt/v2/clicks", click, 201, "recorded", TOLT);
        String customer = "{'customer_id':'u1','click_id':'"
                + json(clicked).at("/data/id").asString() + "','partner_id':'"
                + json(clicked).at("/data/partner_id").asString() + "'}";
        HttpResponse<String> signedUp = expect("tolt/v2/customers", customer, 201, "recorded", TOLT);
        expect("tolt/v2/customers", customer, 409, "duplicate", TOLT);
        String transaction = "{'customer_id':'" + json(signedUp).at("/data/id").asString()
                + "','amount':4900,'charge_id':'in_1','billing_type':'one_time'}";
        HttpResponse<String> paid = expect("tolt/v2/transactions", transaction, 201, "recorded", TOLT);
        expect("tolt/v2/transactions", transaction, 409, "duplicate", TOLT);
        String refund = "tolt/v2/transactions/" + json(paid).at("/data/id").asString() + "/refund";
        expect(refund, "{}", 200, "recorded", TOLT);
        assertThat(json(expect(refund, "{}", 409, "duplicate", TOLT))
                        .path("code")
                        .asString())
                .isEqualTo("transaction_refunded");
        counted("tolt", 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            clicks              | {'param':'tref','value':'nobody'}                          | 400 | invalid_reference
            clicks              | {'param':'other','value':'nora'}                           | 400 | invalid_reference
            clicks              | {'value':'nora'}                                           | 400 | validation_error
            customers           | {'partner_id':'part_nora','click_id':'clk_x'}              | 400 | validation_error
            customers           | {'customer_id':'u1','partner_id':'part_nora','click_id':'clk_x'} | 400 | invalid_reference
            transactions        | {'customer_id':'cus_x','amount':1}                         | 400 | invalid_reference
            transactions        | {'customer_id':'cus_x','amount':1,'interval':'week'}       | 400 | validation_error
            transactions/x/refund | {}                                                       | 404 | not_found
            """)
    void toltRefuses(String call, String body, int status, String code) throws Exception {
        assertThat(json(expect("tolt/v2/" + call, body, status, "rejected", TOLT))
                        .path("code")
                        .asString())
                .isEqualTo(code);
    }

    @Test
    void rewardfulTakesFormsAndCountsEverySale() throws Exception {
        String referral = sandbox.click("/rewardful/links/nora");
        String lead = "customer_email=mia%40example.org&customer_name=Mia";
        String sale = "referral_id=" + referral + "&external_id=in_1&currency=EUR&charged_at=2026-07-01T10:00:00Z"
                + "&invoiced_at=2026-07-01T10:00:00Z&charge_amount_cents=4900&sale_amount_cents=4900"
                + "&tax_amount_cents=0&refund_amount_cents=";

        form("POST", "rewardful/referrals/" + referral + "/lead", lead, 200, "recorded");
        form("POST", "rewardful/referrals/" + referral + "/lead", lead, 200, "duplicate");
        HttpResponse<String> paid = form("POST", "rewardful/sales", sale + "0", 200, "recorded");
        String update = "rewardful/sales/" + json(paid).path("id").asString();
        form("PUT", update, sale + "4900", 200, "recorded");
        form("PUT", update, sale + "5000", 422, "rejected");
        form("POST", "rewardful/sales", sale + "0", 200, "recorded");
        counted("rewardful", 1, 1, 2);
    }

    @Test
    void rewardfulRefuses() throws Exception {
        form("POST", "rewardful/referrals/unknown/lead", "customer_email=mia%40example.org", 404, "rejected");
        form("POST", "rewardful/sales", "referral_id=unknown", 422, "rejected");
        form("PUT", "rewardful/sales/unknown", "referral_id=unknown", 422, "rejected");
    }

    @Test
    void tapfiliateCountsACustomerAndAConversionOnce() throws Exception {
        HttpResponse<String> clicked =
                expect("tapfiliate/clicks/", "{'referral_code':'nora'}", 201, "recorded", TAPFILIATE);
        String click = json(clicked).path("id").asString();
        String customer = "{'customer_id':'u1','click_id':'" + click + "'}";
        String conversion = "{'external_id':'in_1','customer_id':'u1','amount':49.00}";

        expect("tapfiliate/customers/", customer, 201, "recorded", TAPFILIATE);
        expect("tapfiliate/customers/", customer, 422, "duplicate", TAPFILIATE);
        expect("tapfiliate/conversions/", conversion, 201, "recorded", TAPFILIATE);
        expect("tapfiliate/conversions/", conversion, 422, "duplicate", TAPFILIATE);
        counted("tapfiliate", 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            clicks/      | {'referral_code':'nobody'}
            clicks/      | {}
            customers/   | {'customer_id':'u1','click_id':'unknown'}
            customers/   | {'click_id':'unknown'}
            conversions/ | {'external_id':'in_1','customer_id':'unknown','amount':1}
            """)
    void tapfiliateRefuses(String call, String body) throws Exception {
        expect("tapfiliate/" + call, body, 422, "rejected", TAPFILIATE);
    }

    @Test
    void everflowCountsATransactionOnceAndEveryEvent() throws Exception {
        HttpResponse<String> clicked = sandbox.get("/everflow/clk?oid=12&affid=nora");
        String postback = "/everflow/?nid=n_sandbox&verification_token=ef_token_sandbox&adv1=u1&transaction_id="
                + json(clicked).path("transaction_id").asString();

        get(postback, 200, "recorded");
        get(postback, 200, "duplicate");
        get(postback + "&event_id=7&amount=49.00", 200, "recorded");
        get(postback + "&event_id=7&amount=49.00", 200, "recorded");
        get(postback + "&event_id=8&amount=49.00", 400, "rejected");
        get(postback + "&event_id=7&amount=some", 400, "rejected");
        get(postback.replace("ef_token_sandbox", "another"), 400, "rejected");
        counted("everflow", 1, 1, 2);
    }

    @Test
    void everflowAnswersAFailedClickWith200() throws Exception {
        HttpResponse<String> clicked = sandbox.get("/everflow/clk?oid=13&affid=nora");

        assertThat(clicked.statusCode()).isEqualTo(200);
        assertThat(json(clicked).path("error_code").asInt()).isNotZero();
        assertThat(json(clicked).path("transaction_id").asString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "firstpromoter/signup, Authorization, Bearer fp_sandbox",
        "firstpromoter/sale, Account-ID, acc_sandbox",
        "tolt/v2/clicks, Authorization, Bearer another",
        "tolt/v2/transactions/x/refund, Authorization, Bearer another",
        "rewardful/sales, Authorization, Bearer rewardful_sandbox",
        "tapfiliate/clicks/, X-Api-Key, another"
    })
    void asksForTheDocumentedCredential(String call, String header, String value) throws Exception {
        expect(call, "{'uid':'u1'}", 401, "unauthorized", header, value);
    }

    private static HttpResponse<String> expect(String call, String body, int status, String verdict, String... headers)
            throws Exception {
        return seen(sandbox.post("/" + call, body.replace('\'', '"'), headers), status, verdict);
    }

    private static HttpResponse<String> form(String method, String call, String body, int status, String verdict)
            throws Exception {
        return seen(
                sandbox.send(sandbox.request("/" + call, REWARDFUL)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, BodyPublishers.ofString(body))),
                status,
                verdict);
    }

    private static void get(String call, int status, String verdict) throws Exception {
        seen(sandbox.get(call), status, verdict);
    }

    private static HttpResponse<String> seen(HttpResponse<String> response, int status, String verdict)
            throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo(verdict);
        return response;
    }

    private static void counted(String vendor, int clicks, int leads, int sales) throws Exception {
        assertThat(sandbox.funnel(vendor).path("clicks").asInt()).isEqualTo(clicks);
        assertThat(sandbox.funnel(vendor).path("leads").asInt()).isEqualTo(leads);
        assertThat(sandbox.funnel(vendor).path("sales").asInt()).isEqualTo(sales);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
