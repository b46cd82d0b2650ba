package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/affonso.md sections 3.1, 3.2 and 3.4 to 3.7, row by row. */
class AffonsoTests {

    private static final String[] KEY = {"Authorization", "Bearer sk_live_sandbox"};
    private static final String CLICK = "{'programId':'prg_sandbox','trackingId':'nora'}";
    private static final String SALE = "'sale_amount':29.00,'sale_amount_currency':'EUR','external_event_id':'i1'";
    private static final String TRIAL = "'event_name':'trial_started','event_type':'trial','external_event_id':'sub_1'";

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            clicks      | {'programId':'prg_sandbox','trackingId':'nora','ip':'203.0.113.9','sub1':'x'} | 201 | recorded
            clicks      | {'programId':'prg_sandbox','trackingId':'inactive'}                    | 404 | NOT_FOUND
            clicks      | {'programId':'prg_sandbox','trackingId':'nobody'}                      | 404 | NOT_FOUND
            clicks      | {'programId':'prg_other','trackingId':'nora'}                          | 404 | NOT_FOUND
            clicks      | {'program_id':'prg_sandbox','tracking_id':'nora'}                      | 400 | VALIDATION_ERROR
            clicks      | {'programId':'prg_sandbox'}                                            | 400 | VALIDATION_ERROR
            clicks      | {'programId':'prg_sandbox','trackingId':'nora','ip':'{46}'}            | 400 | VALIDATION_ERROR
            clicks      | {'programId':'prg_sandbox','trackingId':'nora','sub5':'{256}'}         | 400 | VALIDATION_ERROR
            clicks      | {'programId':'prg_sandbox','trackingId':'nora','utmTerm':'{256}'}      | 400 | VALIDATION_ERROR
            signups     | {'click_id':'{click}','email':'kim@example.org'}                       | 201 | recorded
            signups     | {'click_id':'{click}','external_user_id':'u1'}                         | 201 | recorded
            signups     | {'click_id':'{click}','email':'kim@mailinator.example'}                | 201 | ignored
            signups     | {'click_id':'{click}','email':'Nora@partners.example'}                 | 201 | ignored
            signups     | {'click_id':'{click}','email':'leo@partners.example'}                  | 201 | recorded
            signups     | {'click_id':'clk_nope','email':'kim@example.org'}                      | 404 | NOT_FOUND
            signups     | {'click_id':'{click}'}                                                 | 400 | VALIDATION_ERROR
            signups     | {'email':'kim@example.org'}                                            | 400 | VALIDATION_ERROR
            signups     | {'click_id':'{click}','email':'kim'}                                   | 400 | VALIDATION_ERROR
            signups     | {'click_id':'{click}','external_user_id':'u1','name':'{256}'}          | 400 | VALIDATION_ERROR
            signups     | {                                                                      | 400 | VALIDATION_ERROR
            conversions | {'click_id':'{lead}',SALE}                                             | 201 | recorded
            conversions | {'referral_id':'{lead}','external_user_id':'u1',SALE}                  | 201 | recorded
            conversions | {'external_user_id':'u1',SALE,'lead':'{lead}'}                         | 201 | recorded
            conversions | {'external_user_id':'u1','click_id':'{click}',SALE,'lead':'{lead}'}    | 400 | VALIDATION_ERROR
            conversions | {'external_user_id':'u2','click_id':'{lead}',SALE}                     | 400 | VALIDATION_ERROR
            conversions | {'external_user_id':'u2',SALE}                                         | 404 | NOT_FOUND
            conversions | {SALE}                                                                 | 400 | VALIDATION_ERROR
            conversions | {'click_id':'{lead}','sale_amount':29,'sale_amount_currency':'EUR'}    | 400 | VALIDATION_ERROR
            conversions | {'click_id':'{lead}','sale_amount':0,'sale_amount_currency':'EUR','external_event_id':'i'}     | 400 | VALIDATION_ERROR
            conversions | {'click_id':'{lead}','sale_amount':29,'external_event_id':'i'}                                 | 400 | VALIDATION_ERROR
            conversions | {'click_id':'{lead}','sale_amount':29,'sale_amount_currency':'XYZ1','external_event_id':'i'}   | 400 | VALIDATION_ERROR
            conversions | {'click_id':'{lead}','sale_amount':2.5,'sale_amount_currency':'JPY','external_event_id':'i'}   | 400 | VALIDATION_ERROR
            events      | {TRIAL,'external_user_id':'u1','lead':'{lead}'}                        | 200 | recorded
            events      | {TRIAL,'external_user_id':'u2'}                                        | 404 | NOT_FOUND
            events      | {TRIAL}                                                                | 400 | VALIDATION_ERROR
            events      | {'event_type':'trial','external_user_id':'u1','external_event_id':'e'} | 400 | VALIDATION_ERROR
            """)
    void answers(String endpoint, String body, int status, String result) throws Exception {
        HttpResponse<String> response = send("/affonso/v1/" + endpoint, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("success").asBoolean()).isEqualTo(status < 300);
        if (status < 300) {
            assertThat(sandbox.lastVerdict()).isEqualTo(result);
        } else {
            assertThat(json(response).at("/error/code").asString()).isEqualTo(result);
            assertThat(sandbox.lastVerdict()).isEqualTo("rejected");
        }
    }

    @ParameterizedTest(name = "{0} gives {1} {2}")
    @CsvSource({
        "'', 401, INVALID_API_KEY_FORMAT",
        "Bearer pk_x, 401, INVALID_API_KEY_FORMAT",
        "sk_live_sandbox, 401, INVALID_API_KEY_FORMAT",
        "Bearer sk_live_wrong, 401, INVALID_API_KEY",
        "Bearer sk_live_disabled, 401, API_KEY_DISABLED",
        "Bearer sk_live_expired, 401, API_KEY_EXPIRED",
        "Bearer sk_live_readonly, 403, INSUFFICIENT_PERMISSIONS"
    })
    void wantsAKey(String authorization, int status, String code) throws Exception {
        HttpResponse<String> response =
                sandbox.post("/affonso/v1/clicks", CLICK.replace('\'', '"'), "Authorization", authorization);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).at("/error/code").asString()).isEqualTo(code);
        assertThat(sandbox.lastVerdict()).isEqualTo("unauthorized");
        assertThat(json(sandbox.post("/affonso/v1/clicks", "{}"))
                        .at("/error/code")
                        .asString())
                .isEqualTo("MISSING_API_KEY");
    }

    @ParameterizedTest
    @CsvSource({"kim@example.org, lead", "kim@mailinator.example, rejected"})
    void convertsAClickOnceAndKeepsItsStatus(String email, String status) throws Exception {
        String click = click(sandbox);
        String body = "{'click_id':'" + click + "','email':'" + email + "'}";
        JsonNode first = json(send("/affonso/v1/signups", body));
        HttpResponse<String> again = send("/affonso/v1/signups", body);

        assertThat(first.at("/data/id").asString()).isEqualTo(click);
        assertThat(first.at("/data/status").asString()).isEqualTo(status);
        assertThat(first.at("/data/created_at").asString()).matches("[0-9-]+T[0-9:]+([.][0-9]{3})?Z");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).at("/data/status").asString()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        assertThat(sandbox.funnel("affonso").path("leads").asInt()).isEqualTo(status.equals("lead") ? 1 : 0);
    }

    @Test
    void makesEveryCallAClickOfItsOwn() throws Exception {
        assertThat(click(sandbox)).isNotEqualTo(click(sandbox));
        assertThat(sandbox.funnel("affonso").path("clicks").asInt()).isEqualTo(2);
    }

    @Test
    void countsASaleOnceAndTakesItBackInParts() throws Exception {
        String body = "{'click_id':'" + lead() + "',SALE}";
        JsonNode first = json(send("/affonso/v1/conversions", body)).path("data");
        HttpResponse<String> again = send("/affonso/v1/conversions", body);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("data")).isEqualTo(first);
        assertThat(first.path("sale_amount").asDouble()).isEqualTo(29.0);
        assertThat(first.path("commission_amount").asDouble()).isEqualTo(5.8);
        assertThat(sandbox.lastCall().path("amount").asLong()).isEqualTo(2900);
        String refund = "/affonso/v1/conversions/" + first.path("id").asString() + "/refund";
        for (int i = 0; i < 2; i++) {
            JsonNode part = json(send(refund, "{'amount':14.5,'external_event_id':'r1'}"))
                    .path("data");
            assertThat(part.path("sales_status").asString()).isEqualTo("partial_refunded");
            assertThat(part.path("sale_amount").asDouble()).isEqualTo(14.5);
        }
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        assertThat(send(refund, "{'amount':14.51}").statusCode()).isEqualTo(400);
        assertThat(json(send(refund, "{}")).at("/data/sales_status").asString()).isEqualTo("refunded");
        assertThat(send("/affonso/v1/conversions/com_nope/refund", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void limitsTheCallsOfAKeyAndSaysSo() throws Exception {
        try (RunningSandbox narrow = new RunningSandbox("--sandbox.affonso.rate-limit=2")) {
            click(narrow);
            HttpResponse<String> last = narrow.post("/affonso/v1/clicks", CLICK.replace('\'', '"'), KEY);
            HttpResponse<String> over = narrow.post("/affonso/v1/clicks", CLICK.replace('\'', '"'), KEY);

            assertThat(last.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
            assertThat(over.statusCode()).isEqualTo(429);
            assertThat(over.headers().firstValue("X-RateLimit-Limit")).hasValue("2");
            assertThat(over.headers().firstValueAsLong("X-RateLimit-Reset").orElseThrow())
                    .isBetween(1_000_000_000L, 100_000_000_000L);
            long wait = over.headers().firstValueAsLong("Retry-After").orElseThrow();
            assertThat(wait).isBetween(1L, 61L);
            assertThat(json(over).at("/error/retryAfter").asLong()).isEqualTo(wait);
            assertThat(narrow.funnel("affonso").path("clicks").asInt()).isEqualTo(2);
            narrow.post("/sandbox/reset", "");
            assertThat(click(narrow)).startsWith("clk_");
        }
    }

    private static HttpResponse<String> send(String path, String template) throws Exception {
        String body = template.replace("SALE", SALE).replace("TRIAL", TRIAL);
        body = body.contains("{click}") ? body.replace("{click}", click(sandbox)) : body;
        body = body.contains("{lead}") ? body.replace("{lead}", lead()) : body;
        body = body.replace("{46}", "1".repeat(46)).replace("{256}", "x".repeat(256));
        return sandbox.post(path, body.replace('\'', '"'), KEY);
    }

    private static String lead() throws Exception {
        String click = click(sandbox);
        send("/affonso/v1/signups", "{'click_id':'" + click + "','external_user_id':'u1'}");
        return click;
    }

    static String click(RunningSandbox where) throws Exception {
        return json(where.post("/affonso/v1/clicks", CLICK.replace('\'', '"'), KEY))
                .at("/data/id")
                .asString();
    }
}
