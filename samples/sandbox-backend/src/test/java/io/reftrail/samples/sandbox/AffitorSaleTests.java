package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.AffitorTests.BASE;
import static io.reftrail.samples.sandbox.AffitorTests.click;
import static io.reftrail.samples.sandbox.AffitorTests.headers;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/affitor.md sections 3.4 and 3.5, row by row. */
class AffitorSaleTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            right | {'transaction_id':'t','customer_key':'u1','amount_cents':2900}                   | 200 | recorded
            right | {'transaction_id':'t','click_id':'{click}','amount_cents':1,'currency':'VND'}    | 200 | recorded
            right | {'transaction_id':'t','customer_key':'u1','click_id':'nope','amount_cents':1}    | 200 | recorded
            right | {'transaction_id':'t','customer_key':'new','click_id':'{click}','amount_cents':1} | 200 | recorded
            right | {'transaction_id':'t','customer_key':'u1','amount_cents':0}                      | 400 | rejected
            right | {'transaction_id':'t','customer_key':'u1','amount_cents':1.5}                    | 400 | rejected
            right | {'transaction_id':'t','customer_key':'u1','amount_cents':'2900'}                 | 400 | rejected
            right | {'transaction_id':'t','customer_key':'u1'}                                       | 400 | rejected
            right | {'customer_key':'u1','amount_cents':1}                                           | 400 | rejected
            right | {'transaction_id':'t','amount_cents':1}                                          | 400 | rejected
            right | {'transaction_id':'t','customer_key':'nobody','amount_cents':1}                  | 400 | rejected
            right | {'transaction_id':'t','customer_key':'u1','amount_cents':1,'currency':'EURO'}    | 400 | rejected
            right | {'transaction_id':'t','customer_key':'u1','amount_cents':1,'sale_type':'gift'}   | 400 | rejected
            right | {'additional_data':{'test_mode':true}}                                           | 200 | ignored
            none  | {'additional_data':{'test_mode':true}}                                           | 401 | unauthorized
            none  | {'transaction_id':'t','customer_key':'u1','amount_cents':1}                      | 401 | unauthorized
            wrong | {'transaction_id':'t','customer_key':'u1','amount_cents':1}                      | 401 | unauthorized
            """)
    void takesSales(String token, String body, int status, String verdict) throws Exception {
        String click = customer(sandbox);

        HttpResponse<String> response = sandbox.post(BASE + "sale", quoted(body, click), headers(token));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo(verdict);
        assertThat(sandbox.funnel("affitor").path("sales").asInt()).isEqualTo(verdict.equals("recorded") ? 1 : 0);
    }

    @Test
    void showsTheSumInTheFeed() throws Exception {
        customer(sandbox);
        JsonNode reply = json(sale(sandbox, "inv-1", 2900));

        assertThat(reply.path("sale_id").isNumber()).isTrue();
        assertThat(reply.path("commission_id").isNumber()).isTrue();
        JsonNode call = sandbox.lastCall();
        assertThat(call.path("kind").asString()).isEqualTo("sale");
        assertThat(call.path("amount").asLong()).isEqualTo(2900);
        assertThat(call.path("currency").asString()).isEqualTo("USD");
        assertThat(call.path("partner").asString()).isEqualTo("nora");
    }

    @Test
    void takesATransactionOnce() throws Exception {
        customer(sandbox);
        sale(sandbox, "inv-1", 2900);
        HttpResponse<String> again = sale(sandbox, "inv-1", 100);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).path("error").asString()).startsWith("Duplicate transaction_id");
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        assertThat(sandbox.funnel("affitor").path("sales").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"stored, 409", "dropped, 200"})
    void answersASaleAfterTheWindowInEitherVariant(String variant, int again) throws Exception {
        try (RunningSandbox late = new RunningSandbox(
                "--sandbox.affitor.attribution-window=0s", "--sandbox.affitor.expired-sale=" + variant)) {
            customer(late);
            JsonNode reply = json(sale(late, "inv-1", 2900));

            assertThat(reply.path("sale_id").isNumber()).isEqualTo(variant.equals("stored"));
            assertThat(reply.path("commission_id").isNull()).isTrue();
            assertThat(reply.path("reason").asString(""))
                    .isEqualTo(variant.equals("stored") ? "" : "attribution_window_expired");
            assertThat(late.lastVerdict()).isEqualTo("ignored");
            assertThat(sale(late, "inv-1", 2900).statusCode()).isEqualTo(again);
            assertThat(late.funnel("affitor").path("sales").asInt()).isZero();
            HttpResponse<String> refund = refund(late, "{'transaction_id':'inv-1'}", "right");
            assertThat(variant.equals("stored") ? json(refund).path("status").asString() : "404")
                    .isEqualTo(variant.equals("stored") ? "no_commission" : String.valueOf(refund.statusCode()));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            right | {'transaction_id':'inv-1','refund_amount_cents':1450} | 200 | refunded | 4.35
            right | {'transaction_id':'inv-1'}                            | 200 | reversed | 8.7
            right | {'transaction_id':'inv-1','refund_amount_cents':0}    | 200 | reversed | 8.7
            right | {'transaction_id':'inv-1','refund_amount_cents':2900} | 200 | reversed | 8.7
            right | {'transaction_id':'inv-1','refund_amount_cents':2901} | 400 | ""       | 0
            right | {'transaction_id':'inv-1','refund_amount_cents':-1}   | 400 | ""       | 0
            right | {}                                                    | 400 | ""       | 0
            right | {'transaction_id':'inv-2'}                            | 404 | ""       | 0
            none  | {'transaction_id':'inv-1'}                            | 401 | ""       | 0
            """)
    void takesASaleBack(String token, String body, int status, String result, double deduction) throws Exception {
        customer(sandbox);
        sale(sandbox, "inv-1", 2900);

        HttpResponse<String> response = refund(sandbox, body, token);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("status").asString("")).isEqualTo(result);
        assertThat(json(response).path("deductionAmount").asDouble(0)).isEqualTo(deduction);
    }

    @Test
    void skipsASecondRefund() throws Exception {
        customer(sandbox);
        sale(sandbox, "inv-1", 2900);
        refund(sandbox, "{'transaction_id':'inv-1'}", "right");

        assertThat(json(refund(sandbox, "{'transaction_id':'inv-1'}", "right"))
                        .path("status")
                        .asString())
                .isEqualTo("skipped");
        assertThat(sandbox.lastCall().path("kind").asString()).isEqualTo("refund");
    }

    private static HttpResponse<String> sale(RunningSandbox where, String id, int cents) throws Exception {
        String body = "{'transaction_id':'" + id + "','customer_key':'u1','amount_cents':" + cents + "}";
        return where.post(BASE + "sale", quoted(body, ""), headers("right"));
    }

    private static HttpResponse<String> refund(RunningSandbox where, String body, String token) throws Exception {
        return where.post(BASE + "refund", quoted(body, ""), headers(token));
    }

    private static String customer(RunningSandbox where) throws Exception {
        String click = click(where);
        where.post(BASE + "lead", quoted("{'click_id':'{click}','customer_key':'u1'}", click), headers("right"));
        return click;
    }

    private static String quoted(String template, String click) {
        return template.replace("{click}", click).replace('\'', '"');
    }
}
