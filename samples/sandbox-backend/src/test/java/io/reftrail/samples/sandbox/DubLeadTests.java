package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/contracts/dub.md sections 3.1, 3.5 and 4, row by row. */
class DubLeadTests {

    static final String[] KEY = {"Authorization", "Bearer dub_sandbox"};
    static final String NAMES = "'clickId':'{click}','eventName':'Sign Up','customerExternalId':'u1'";

    private static final String LEAD = "/dub/track/lead";

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {NAMES}                                                                     | 200 | recorded
            {NAMES,'customerEmail':'kim@example.org','mode':'wait','metadata':null}     | 200 | recorded
            {NAMES,'customerName':null,'customerEmail':null,'customerAvatar':null}      | 200 | recorded
            {NAMES,'eventQuantity':null}                                                | 200 | recorded
            {NAMES,'mode':'deferred'}                                                   | 200 | ignored
            {'clickId':'{click}','eventName':'Sign Up','externalId':'u1'}               | 200 | recorded
            {'clickId':'{click}','eventName':'Sign Up','customerId':'u1'}               | 200 | recorded
            {'clickId':'nope','eventName':'Sign Up','customerExternalId':'u1'}          | 404 | not_found
            {'clickId':'nope','eventName':'S','customerExternalId':'u1','mode':'deferred'} | 404 | not_found
            {'clickId':'','eventName':'Sign Up','customerExternalId':'u1'}              | 400 | bad_request
            {'clickId':null,'eventName':'Sign Up','customerExternalId':'u1'}            | 400 | bad_request
            {'eventName':'Sign Up','customerExternalId':'u1'}                           | 400 | bad_request
            {'clickId':'{click}','eventName':'Sign Up'}                                 | 400 | bad_request
            {                                                                           | 400 | bad_request
            {'clickId':'{click}','customerExternalId':'u1'}                             | 422 | unprocessable_entity
            {'clickId':'{click}','customerExternalId':'u1','eventName':'{256}'}         | 422 | unprocessable_entity
            {'clickId':'{click}','customerExternalId':'{101}','eventName':'x'}          | 422 | unprocessable_entity
            {NAMES,'customerEmail':'kim'}                                               | 422 | unprocessable_entity
            {NAMES,'customerName':'{101}'}                                              | 422 | unprocessable_entity
            {NAMES,'mode':'later'}                                                      | 422 | unprocessable_entity
            {NAMES,'metadata':{'a':'{10000}'}}                                          | 422 | unprocessable_entity
            {NAMES,'eventQuantity':101}                                                 | 422 | unprocessable_entity
            {NAMES,'eventQuantity':0}                                                   | 422 | unprocessable_entity
            """)
    void answers(String body, int status, String result) throws Exception {
        HttpResponse<String> response = send(sandbox, body);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(sandbox.lastVerdict()).isEqualTo(result);
            assertThat(json(response).at("/link/key").asString()).isEqualTo("nora");
        } else {
            assertThat(json(response).at("/error/code").asString()).isEqualTo(result);
            assertThat(json(response).path("error").propertyNames())
                    .containsExactlyInAnyOrder("code", "message", "doc_url");
            assertThat(sandbox.lastVerdict()).isEqualTo("rejected");
        }
        assertThat(sandbox.funnel("dub").path("leads").asInt()).isEqualTo(result.equals("recorded") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "dub_sandbox, 400", "Bearer dub_wrong, 401", "Bearer dub_pk_x, 401", "Bearer dub_free, 403"})
    void wantsAKey(String authorization, int status) throws Exception {
        assertThat(sandbox.post(LEAD, "{}", "Authorization", authorization).statusCode())
                .isEqualTo(status);
        assertThat(sandbox.post(LEAD, "{}").statusCode()).isEqualTo(401);
        assertThat(sandbox.lastVerdict()).isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sign Up", "sign up", "Sign-up"})
    void countsCustomerAndEventOnce(String event) throws Exception {
        send(sandbox, "{NAMES}");
        HttpResponse<String> again = send(sandbox, "{NAMES}".replace("NAMES", NAMES.replace("Sign Up", event)));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("link").isNull()).isTrue();
        assertThat(json(again).at("/customer/externalId").asString()).isEqualTo("u1");
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        send(sandbox, "{'clickId':'{click}','eventName':'Trial','customerExternalId':'u1'}");
        send(sandbox, "{'clickId':'{click}','eventName':'Sign Up','customerExternalId':'u2'}");
        assertThat(sandbox.funnel("dub").path("leads").asInt()).isEqualTo(3);
    }

    @Test
    void poisonsTheRetryOfAnUnknownClick() throws Exception {
        assertThat(send(sandbox, "{NAMES}".replace("NAMES", NAMES.replace("{click}", "nope")))
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> retry = send(sandbox, "{NAMES}");

        assertThat(retry.statusCode()).isEqualTo(200);
        assertThat(json(retry).path("link").isNull()).isTrue();
        assertThat(sandbox.funnel("dub").path("leads").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{NAMES,'customerEmail':'kim'}", "{'eventName':'Sign Up','customerExternalId':'u1'}"})
    void leavesACallThatWasRefusedEarlyToBeCorrected(String refused) throws Exception {
        send(sandbox, refused);

        assertThat(json(send(sandbox, "{NAMES}")).path("link").isObject()).isTrue();
    }

    @Test
    void countsAgainAfterTheWindow() throws Exception {
        try (RunningSandbox forgetful = new RunningSandbox("--sandbox.dub.lead-window=0s")) {
            send(forgetful, "{NAMES}");
            send(forgetful, "{NAMES}");

            assertThat(forgetful.funnel("dub").path("leads").asInt()).isEqualTo(2);
        }
    }

    @Test
    void countsADeferredCustomerLaterByTheStoredClick() throws Exception {
        send(sandbox, "{NAMES,'mode':'deferred'}");
        HttpResponse<String> lead = send(sandbox, "{'clickId':'','eventName':'Sign Up','customerExternalId':'u1'}");

        assertThat(json(lead).at("/link/key").asString()).isEqualTo("nora");
        assertThat(sandbox.funnel("dub").path("leads").asInt()).isEqualTo(1);
    }

    @Test
    void countsAnEventAsOftenAsToldAndKnowsNoClickOfTheUnknownKey() throws Exception {
        send(sandbox, "{NAMES,'eventQuantity':3}");
        assertThat(sandbox.funnel("dub").path("leads").asInt()).isEqualTo(3);

        String never = sandbox.click("/d/unknown");
        assertThat(send(sandbox, "{'clickId':'" + never + "','eventName':'x','customerExternalId':'u9'}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void limitsTheCallsOfAKeyWithAbsoluteTimes() throws Exception {
        try (RunningSandbox narrow = new RunningSandbox("--sandbox.dub.rate-limit=1")) {
            HttpResponse<String> first = send(narrow, "{NAMES}");
            HttpResponse<String> over = send(narrow, "{NAMES}");

            assertThat(first.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
            assertThat(first.headers().firstValue("Retry-After")).isEmpty();
            assertThat(over.statusCode()).isEqualTo(429);
            assertThat(json(over).at("/error/code").asString()).isEqualTo("rate_limit_exceeded");
            long reset = over.headers().firstValueAsLong("Retry-After").orElseThrow();
            assertThat(reset - System.currentTimeMillis()).isBetween(0L, 60_000L);
            assertThat(over.headers().firstValueAsLong("X-RateLimit-Reset")).hasValue(reset);
        }
    }

    static HttpResponse<String> send(RunningSandbox where, String template) throws Exception {
        return send(where, LEAD, template);
    }

    static HttpResponse<String> send(RunningSandbox where, String path, String template) throws Exception {
        String body = template.replace("NAMES", NAMES);
        body = body.contains("{click}") ? body.replace("{click}", where.click("/d/nora")) : body;
        for (int length : new int[] {101, 256, 10_000}) {
            body = body.replace("{" + length + "}", "x".repeat(length));
        }
        return where.post(path, body.replace('\'', '"'), KEY);
    }
}
