package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/affitor.md sections 3.1 to 3.5 and 4, row by row. */
class AffitorTests {

    static final String BASE = "/affitor/api/v1/track/";

    private static final String OLDER = "/affitor/api/tracking/lead";
    private static final String[] TOKEN = {"Authorization", "Bearer aff_sandbox"};
    private static final String[] WRONG = {"Authorization", "Bearer affk_wrong"};

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'affiliate_url':'https://shop.example/p?x=1&aff=nora'}                                    | 200 | recorded
            {'affiliate_url':'https://shop.example/?aff=nora','existing_click_id':'cust_1_2'}          | 200 | recorded
            {'affiliate_url':'https://shop.example/?aff=inactive'}                                     | 200 | ignored
            {'affiliate_url':'https://shop.example/?aff=nobody'}                                       | 400 | rejected
            {'affiliate_url':'https://shop.example/?ref=nora'}                                         | 400 | rejected
            {'affiliate_url':'https://shop.example/?aff='}                                             | 400 | rejected
            {'affiliate_url':'/p?aff=nora'}                                                            | 400 | rejected
            {'affiliate_url':'https://shop example/?aff=nora'}                                         | 400 | rejected
            {'affiliate_url':'https://shop.example/?aff=nora','referrer_url':1}                        | 400 | rejected
            {}                                                                                         | 400 | rejected
            {                                                                                          | 400 | rejected
            {'additional_data':{'test_mode':true,'program_id':12}}                                     | 200 | ignored
            """)
    void takesClicks(String body, int status, String verdict) throws Exception {
        HttpResponse<String> response = sandbox.post(BASE + "click", quoted(body));

        assertAnswered(response, status, verdict);
        int counted = verdict.equals("recorded") ? 1 : 0;
        assertThat(sandbox.funnel("affitor").path("clicks").asInt()).isEqualTo(counted);
        assertThat(json(response).has("click_id")).isEqualTo(counted == 1);
    }

    @Test
    void answersAClickWithItsCookieAndAnInactiveLinkWithoutOne() throws Exception {
        try (RunningSandbox other = new RunningSandbox("--sandbox.affitor.cookie-window-days=30")) {
            JsonNode reply = json(other.post(BASE + "click", quoted("{'affiliate_url':'https://a.example/?aff=leo'}")));
            assertThat(reply.path("success").asBoolean()).isTrue();
            assertThat(reply.path("click_id").asString()).matches("cust_\\d+_\\d+");
            assertThat(reply.path("partner_code").asString()).isEqualTo("leo");
            assertThat(reply.path("cookie_window_days").asInt()).isEqualTo(30);
        }
        JsonNode inactive =
                json(sandbox.post(BASE + "click", quoted("{'affiliate_url':'https://a.example/?aff=inactive'}")));
        assertThat(inactive.path("success").asBoolean()).isFalse();
        assertThat(inactive.path("message").isString()).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            right | {'click_id':'{click}','customer_key':'u1','email':'kim@example.org'} | 200 | recorded
            none  | {'click_id':'{click}'}                                              | 200 | recorded
            wrong | {'click_id':'{click}'}                                              | 401 | unauthorized
            right | {'click_id':'cust_0_0','customer_key':'u1'}                         | 400 | rejected
            right | {'customer_key':'u1'}                                               | 400 | rejected
            right | {'email':'kim@example.org'}                                         | 400 | rejected
            right | {'click_id':1}                                                      | 400 | rejected
            none  | {'additional_data':{'test_mode':true}}                              | 200 | ignored
            right | {'click_id':'{click}','additional_data':{'test_mode':true}}         | 200 | ignored
            """)
    void takesLeads(String token, String body, int status, String verdict) throws Exception {
        HttpResponse<String> response = sandbox.post(BASE + "lead", quoted(body), headers(token));

        assertAnswered(response, status, verdict);
        assertThat(sandbox.funnel("affitor").path("leads").asInt()).isEqualTo(verdict.equals("recorded") ? 1 : 0);
    }

    @Test
    void callsASecondLeadABadRequestWithTheDocumentedText() throws Exception {
        String body = quoted("{'click_id':'{click}','customer_key':'u1'}");
        sandbox.post(BASE + "lead", body, TOKEN);
        HttpResponse<String> again = sandbox.post(BASE + "lead", body, TOKEN);

        assertAnswered(again, 400, "duplicate");
        assertThat(json(again).path("error").asString()).contains("status cannot be updated to lead");
        assertThat(json(sandbox.post(BASE + "lead", quoted("{'customer_key':'nobody'}"), TOKEN))
                        .path("error")
                        .asString())
                .isEqualTo("Customer not found");
        assertThat(sandbox.funnel("affitor").path("leads").asInt()).isEqualTo(1);
    }

    @Test
    void holdsALeadWithoutATokenForProvisionalIfTheServerMustSendIt() throws Exception {
        try (RunningSandbox strict = new RunningSandbox("--sandbox.affitor.lead-auth=server_required")) {
            String body = "{\"click_id\":\"" + click(strict) + "\"}";
            assertThat(json(strict.post(BASE + "lead", body))
                            .path("provisional")
                            .asBoolean())
                    .isTrue();
            assertThat(strict.funnel("affitor").path("leads").asInt()).isZero();
            assertThat(json(strict.post(BASE + "lead", body, TOKEN)).has("provisional"))
                    .isFalse();
            assertThat(strict.funnel("affitor").path("leads").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            right | {'customer_code':'{click}','user_id':'u1'}  | 200 | recorded
            right | {'customer_code':'nope','user_id':'u1'}     | 404 | rejected
            right | {'customer_code':'{click}'}                 | 400 | rejected
            right | {'user_id':'u1'}                            | 400 | rejected
            right | {'additional_data':{'test_mode':true}}      | 200 | ignored
            none  | {'customer_code':'{click}','user_id':'u1'}  | 401 | unauthorized
            wrong | {'customer_code':'{click}','user_id':'u1'}  | 401 | unauthorized
            """)
    void takesLeadsOfTheOlderKind(String token, String body, int status, String verdict) throws Exception {
        assertAnswered(sandbox.post(OLDER, quoted(body), headers(token)), status, verdict);
    }

    @Test
    void takesARepeatOfTheOlderKindAndRefusesAProgramThatIsNotActive() throws Exception {
        String body = quoted("{'customer_code':'{click}','user_id':'u1'}");
        sandbox.post(OLDER, body, TOKEN);
        HttpResponse<String> again = sandbox.post(OLDER, body, TOKEN);
        assertAnswered(again, 200, "duplicate");
        assertThat(json(again).path("customer_code").asString()).startsWith("cust_");

        try (RunningSandbox closed = new RunningSandbox("--sandbox.affitor.program-active=false")) {
            assertThat(closed.post(OLDER, body, TOKEN).statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"click", "lead", "sale"})
    void answersATestWithItsEvent(String what) throws Exception {
        String body = quoted("{'additional_data':{'test_mode':true,'program_id':'p1'}}");
        JsonNode data = json(sandbox.post(BASE + what, body, TOKEN)).path("data");

        assertThat(data.path("eventId").isIntegralNumber()).isTrue();
        assertThat(data.path("programId").isString()).isTrue();
        assertThat(data.path("test_mode").asBoolean()).isTrue();
        assertThat(sandbox.funnel("affitor").toString()).contains("\"clicks\":0,\"leads\":0,\"sales\":0");
    }

    private static void assertAnswered(HttpResponse<String> response, int status, String verdict) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo(verdict);
        if (status >= 400) {
            assertThat(json(response).propertyNames()).containsExactly("error");
        }
    }

    static String[] headers(String token) {
        return switch (token) {
            case "right" -> TOKEN;
            case "wrong" -> WRONG;
            default -> new String[0];
        };
    }

    private static String quoted(String template) throws Exception {
        String text = template.replace('\'', '"');
        return text.contains("{click}") ? text.replace("{click}", click(sandbox)) : text;
    }

    static String click(RunningSandbox where) throws Exception {
        String body = "{\"affiliate_url\":\"https://shop.example/?aff=nora\"}";
        return json(where.post(BASE + "click", body)).path("click_id").asString();
    }
}
