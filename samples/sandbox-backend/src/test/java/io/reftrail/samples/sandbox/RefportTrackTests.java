package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.LEAD;
import static io.reftrail.samples.sandbox.RunningSandbox.REFPORT_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.SALE;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/refport.md sections 3.1, 3.2 and 4, row by row. */
class RefportTrackTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    private static final String NAMES = "'clickId':'{click}','customerExternalId':'a1'";

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            lead | {NAMES,'eventName':'Sign Up'}                                   | 200 | recorded
            lead | {NAMES,'eventName':'Sign Up','metadata':{'plan':'trial'}}       | 200 | recorded
            lead | {'clickId':'nope','customerExternalId':'a1','eventName':'x'}    | 400 | INVALID_CLICK_ID
            lead | {NAMES}                                                         | 400 | VALIDATION_ERROR
            lead | {NAMES,'eventName':''}                                          | 400 | VALIDATION_ERROR
            lead | {NAMES,'eventName':1}                                           | 400 | VALIDATION_ERROR
            lead | {'clickId':'{click}','eventName':'Sign Up'}                     | 400 | VALIDATION_ERROR
            lead | {'customerExternalId':'a1','eventName':'Sign Up'}               | 400 | VALIDATION_ERROR
            lead | {NAMES,'eventName':'Sign Up','customerEmail':null}              | 400 | VALIDATION_ERROR
            lead | {NAMES,'eventName':'Sign Up','metadata':'x'}                    | 400 | VALIDATION_ERROR
            lead | {NAMES,'eventName':                                             | 400 | VALIDATION_ERROR
            lead | []                                                              | 400 | VALIDATION_ERROR
            lead | null                                                            | 400 | VALIDATION_ERROR
            sale | {NAMES,'amount':12900}                                          | 200 | recorded
            sale | {NAMES,'amount':0}                                              | 200 | recorded
            sale | {NAMES,'amount':129e2,'paymentProcessor':'stripe'}              | 200 | recorded
            sale | {'clickId':'nope','customerExternalId':'a1','amount':1}         | 400 | INVALID_CLICK_ID
            sale | {NAMES}                                                         | 400 | VALIDATION_ERROR
            sale | {NAMES,'amount':'12900'}                                        | 400 | VALIDATION_ERROR
            sale | {NAMES,'amount':129.5}                                          | 400 | VALIDATION_ERROR
            sale | {NAMES,'amount':-1}                                             | 400 | VALIDATION_ERROR
            sale | {NAMES,'amount':1e999999}                                       | 400 | VALIDATION_ERROR
            sale | {NAMES,'amount':1,'paymentProcessor':'cash'}                    | 400 | VALIDATION_ERROR
            """)
    void answers(String endpoint, String body, int status, String result) throws Exception {
        HttpResponse<String> response = send("/refport/api/track/" + endpoint, body);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(sandbox.lastVerdict()).isEqualTo(result);
        } else {
            assertThat(json(response).at("/error/code").asString()).isEqualTo(result);
            assertThat(json(response).at("/error/message").asString()).isNotEmpty();
            assertThat(sandbox.lastVerdict()).isEqualTo("rejected");
            assertThat(sandbox.funnel("refport").at("/" + endpoint + "s").asInt())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rk_sandbox", "Bearer wrong", "Basic rk_sandbox"})
    void wantsTheKey(String authorization) throws Exception {
        HttpResponse<String> response = sandbox.post(LEAD, "{", "Authorization", authorization);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).at("/error/code").asString()).isEqualTo("UNAUTHORIZED");
        assertThat(sandbox.lastVerdict()).isEqualTo("unauthorized");
    }

    @Test
    void answersALeadWithItsClickLinkAndCustomer() throws Exception {
        JsonNode reply = json(send(LEAD, "{NAMES,'eventName':'Sign Up','customerEmail':'mia@example.org'}"));

        assertThat(reply.path("eventName").asString()).isEqualTo("Sign Up");
        assertThat(reply.at("/click/id").asString()).hasSize(10);
        assertThat(reply.at("/link/key").asString()).isEqualTo("leo");
        assertThat(reply.path("link").propertyNames())
                .containsExactlyInAnyOrder("id", "domain", "key", "url", "programId");
        assertThat(reply.path("customer").toString())
                .isEqualTo("{\"externalId\":\"a1\",\"email\":\"mia@example.org\",\"name\":null}");
    }

    @Test
    void answersASaleInMinorUnitsWithItsCommission() throws Exception {
        JsonNode reply = json(send(SALE, "{NAMES,'amount':12900,'currency':'eur','invoiceId':'order-1'}"));

        assertThat(reply.path("eventName").asString()).isEqualTo("Purchase");
        assertThat(reply.path("sale").toString())
                .endsWith("\"amount\":12900,\"currency\":\"eur\",\"commissionAmount\":1290,\"status\":\"pending\","
                        + "\"invoiceId\":\"order-1\",\"paymentProcessor\":\"custom\"}");
    }

    @Test
    void countsALeadOncePerCustomerAndEventAcrossClicks() throws Exception {
        HttpResponse<String> first = send(LEAD, "{NAMES,'eventName':'Sign Up'}");
        HttpResponse<String> second = send(LEAD, "{NAMES,'eventName':'Sign Up'}");

        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(second).propertyNames())
                .containsExactlyInAnyOrderElementsOf(json(first).propertyNames());
        send(LEAD, "{NAMES,'eventName':'Trial'}");
        send(LEAD, "{'clickId':'{click}','customerExternalId':'a2','eventName':'Sign Up'}");
        assertThat(sandbox.funnel("refport").at("/leads").asInt()).isEqualTo(3);
    }

    @Test
    void countsALeadAgainAfterTheWindow() throws Exception {
        try (RunningSandbox forgetful = new RunningSandbox("--sandbox.refport.lead-window=0s")) {
            String body = body("{NAMES,'eventName':'Sign Up'}", forgetful.click("/go/leo"));
            forgetful.post(LEAD, body, REFPORT_KEY);
            forgetful.post(LEAD, body, REFPORT_KEY);

            assertThat(forgetful.lastVerdict()).isEqualTo("recorded");
        }
    }

    @Test
    void countsASaleOncePerInvoiceAndEverySaleWithoutOne() throws Exception {
        String first = json(send(SALE, "{NAMES,'amount':1,'invoiceId':'i1'}"))
                .at("/sale/id")
                .asString();
        String again = json(send(SALE, "{NAMES,'amount':1,'invoiceId':'i1'}"))
                .at("/sale/id")
                .asString();

        assertThat(again).isEqualTo(first);
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        send(SALE, "{NAMES,'amount':1}");
        send(SALE, "{NAMES,'amount':1}");
        assertThat(sandbox.funnel("refport").at("/sales").asInt()).isEqualTo(3);
    }

    @Test
    void answersNullForAClickThatIsNotTiedToALink() throws Exception {
        String body = body("{NAMES,'eventName':'Sign Up'}", sandbox.click("/go/unlinked"));

        HttpResponse<String> response = sandbox.post(LEAD, body, REFPORT_KEY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("null");
        assertThat(sandbox.lastVerdict()).isEqualTo("ignored");
        assertThat(sandbox.funnel("refport").at("/leads").asInt()).isZero();
    }

    private static HttpResponse<String> send(String path, String template) throws Exception {
        return sandbox.post(path, body(template, sandbox.click("/go/leo")), REFPORT_KEY);
    }

    private static String body(String template, String click) {
        return template.replace("NAMES", NAMES).replace("{click}", click).replace('\'', '"');
    }
}
