package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.DubLeadTests.send;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/dub.md section 3.3, row by row. */
class DubSaleTests {

    private static final String SALE = "/dub/track/sale";

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'customerExternalId':'u1','amount':2900}                                        | 200 | recorded
            {'customerExternalId':'u1','amount':2900,'currency':'eur','metadata':{}}         | 200 | recorded
            {'customerExternalId':'u1','amount':1,'paymentProcessor':'lemonsqueezy'}         | 200 | recorded
            {'customerExternalId':'u1','amount':1,'leadEventName':'Sign Up'}                 | 200 | recorded
            {'customerExternalId':'u2','amount':1,'clickId':'{click}'}                       | 200 | recorded
            {'customerExternalId':'u2','amount':2900}                                        | 200 | ignored
            {'customerExternalId':'u1','amount':0}                                           | 200 | ignored
            {'customerExternalId':'u2','amount':1,'clickId':'nope'}                          | 404 | not_found
            {'customerExternalId':'u2','amount':0,'clickId':'nope'}                          | 404 | not_found
            {'customerExternalId':'u1','amount':1,'clickId':'nope'}                          | 404 | not_found
            {'customerExternalId':'u1','amount':1,'leadEventName':'sign up'}                 | 404 | not_found
            {'amount':1}                                                                     | 400 | bad_request
            {                                                                                | 400 | bad_request
            {'customerExternalId':'u1'}                                                      | 422 | unprocessable_entity
            {'customerExternalId':'u1','amount':-1}                                          | 422 | unprocessable_entity
            {'customerExternalId':'u1','amount':1.5}                                         | 422 | unprocessable_entity
            {'customerExternalId':'u1','amount':'1'}                                         | 422 | unprocessable_entity
            {'customerExternalId':'u1','amount':1,'paymentProcessor':'cash'}                 | 422 | unprocessable_entity
            {'customerExternalId':'u1','amount':1,'customerEmail':'kim'}                     | 422 | unprocessable_entity
            """)
    void answers(String body, int status, String result) throws Exception {
        send(sandbox, "{NAMES,'mode':'wait'}");

        HttpResponse<String> response = send(sandbox, SALE, body);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(sandbox.lastVerdict()).isEqualTo(result);
            assertThat(json(response).path("sale").isNull()).isEqualTo(result.equals("ignored"));
            assertThat(json(response).path("customer").isNull()).isEqualTo(result.equals("ignored"));
        } else {
            assertThat(json(response).at("/error/code").asString()).isEqualTo(result);
        }
        assertThat(sandbox.funnel("dub").path("sales").asInt()).isEqualTo(result.equals("recorded") ? 1 : 0);
    }

    /** The vendor counts some currencies otherwise than ISO 4217; what the sandbox shows is money. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"290000, isk, 2900", "2900, mga, 290000", "290000, kwd, 2900000", "2900, jpy, 2900", "2900, eur, 2900"})
    void readsAnAmountByTheVendorsOwnRule(long amount, String currency, long minorUnits) throws Exception {
        send(sandbox, "{NAMES,'mode':'wait'}");
        String body = "{'customerExternalId':'u1','amount':" + amount + ",'currency':'" + currency + "'}";

        assertThat(json(send(sandbox, SALE, body)).at("/sale/amount").asLong()).isEqualTo(amount);
        assertThat(sandbox.lastCall().path("amount").asLong()).isEqualTo(minorUnits);
    }

    @Test
    void repeatsTheAnswerOfAnInvoice() throws Exception {
        send(sandbox, "{NAMES,'mode':'wait'}");
        JsonNode first = json(send(sandbox, SALE, "{'customerExternalId':'u1','amount':2900,'invoiceId':'i1'}"));
        JsonNode again = json(send(sandbox, SALE, "{'customerExternalId':'u2','amount':1,'invoiceId':'i1'}"));

        assertThat(first.at("/sale/amount").asLong()).isEqualTo(2900);
        assertThat(first.at("/sale/currency").asString()).isEqualTo("usd");
        assertThat(first.path("eventName").asString()).isEqualTo("Purchase");
        assertThat(again).isEqualTo(first);
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        assertThat(sandbox.funnel("dub").path("sales").asInt()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} lead, {1} ago")
    @CsvSource({"async, 1h, 404", "wait, 1h, 200", "async, 0s, 200"})
    void findsALeadOfTheDefaultModeOnlyWhenItIsWritten(String mode, String delay, int status) throws Exception {
        try (RunningSandbox slow = new RunningSandbox("--sandbox.dub.lead-delay=" + delay)) {
            send(slow, "{NAMES,'mode':'" + mode + "'}");
            HttpResponse<String> named =
                    send(slow, SALE, "{'customerExternalId':'u1','amount':1,'leadEventName':'Sign Up'}");

            assertThat(named.statusCode()).isEqualTo(status);
            assertThat(send(slow, SALE, "{'customerExternalId':'u1','amount':1}")
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void findsNoLeadOfACustomerWhoseLeadIsDeferred() throws Exception {
        send(sandbox, "{NAMES,'mode':'deferred'}");
        String sale = "{'customerExternalId':'u1','amount':1}";
        assertThat(send(sandbox, SALE, sale).statusCode()).isEqualTo(404);

        send(sandbox, "{'clickId':'','eventName':'Sign Up','customerExternalId':'u1','mode':'wait'}");
        assertThat(send(sandbox, SALE, sale).statusCode()).isEqualTo(200);
    }

    @Test
    void creditsTheLinkOfTheClickThatASaleNames() throws Exception {
        send(sandbox, "{NAMES,'mode':'wait'}");
        String other = sandbox.click("/d/leo");

        send(sandbox, SALE, "{'customerExternalId':'u1','amount':1,'clickId':'" + other + "'}");

        assertThat(sandbox.lastCall().path("partner").asString()).isEqualTo("leo");
    }

    @Test
    void makesALeadOfASaleWithoutOne() throws Exception {
        String sale = "{'customerExternalId':'u7','amount':1,'clickId':'{click}'}";
        assertThat(send(sandbox, SALE, sale).statusCode()).isEqualTo(200);
        assertThat(sandbox.funnel("dub").path("leads").asInt()).isEqualTo(1);

        assertThat(send(sandbox, SALE, "{'customerExternalId':'u7','amount':1}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void repeatsTheMetadata() throws Exception {
        send(sandbox, "{NAMES,'mode':'wait'}");
        JsonNode reply = json(send(sandbox, SALE, "{'customerExternalId':'u1','amount':1,'metadata':{'plan':'pro'}}"));

        assertThat(reply.at("/sale/metadata/plan").asString()).isEqualTo("pro");
    }

    @Test
    void showsTheCurrencyThatWasSentInTheFeed() throws Exception {
        send(sandbox, "{NAMES,'mode':'wait'}");
        send(sandbox, SALE, "{'customerExternalId':'u1','amount':2900,'currency':'eur'}");

        assertThat(sandbox.lastCall().path("currency").asString()).isEqualTo("EUR");
        assertThat(sandbox.lastCall().path("partner").asString()).isEqualTo("nora");
    }
}
