package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/affihub.md section 3.6, affitor.md section 3.7 and refport.md section 3.4: sales by a payment provider. */
class ConnectedVendorsTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'client_reference_id':'mia'                                                           | affihub
            'metadata':{'affihub_ref':'mia'}                                                      | affihub
            'metadata':{'affitor_click_id':'{affitor}','affitor_customer_key':'u1','program_id':'sandbox-program'} | affitor
            'metadata':{'customer_code':'{affitor}','user_id':'u1','program_id':'sandbox-program'} | affitor
            'metadata':{'refportClickId':'{refport}','refportExternalCustomerId':'u1'}            | refport
            'client_reference_id':'{refport}'                                                     | refport
            'metadata':{'affonso_referral':'{affonso}'}                                           | affonso
            'client_reference_id':'{affonso}'                                                     | affonso
            'metadata':{'dubCustomerExternalId':'u1','dubClickId':'any'}                        | dub
            """)
    void creditsTheVendorWhoseKeysAreThereForEachPaymentOfASubscription(String keys, String vendor) throws Exception {
        if (vendor.equals("dub")) {
            DubLeadTests.send(sandbox, "{NAMES,'mode':'wait'}");
        }

        JsonNode session = json(subscribe(keys.replace("{affitor}", AffitorTests.click(sandbox))
                .replace("{refport}", sandbox.click("/go/leo"))
                .replace("{affonso}", AffonsoTests.click(sandbox))));
        assertThat(sandbox.lastCall().path("path").asString()).isEqualTo("stripe: invoice.paid");
        sandbox.post(
                "/sandbox/stripe/subscriptions/" + session.path("subscription").asString() + "/renew", "");

        List<JsonNode> sales = sandbox.calls("").stream()
                .filter(call -> call.path("path").asString().startsWith("stripe: "))
                .toList();
        assertThat(sales).hasSize(2).allSatisfy(sale -> {
            assertThat(sale.path("vendor").asString()).isEqualTo(vendor);
            assertThat(sale.path("verdict").asString()).isEqualTo("recorded");
            assertThat(sale.path("amount").asLong()).isEqualTo(2900);
        });
        assertThat(sandbox.funnel(vendor).path("sales").asInt()).isEqualTo(2);
    }

    @Test
    void creditsEveryVendorThatIsNamed() throws Exception {
        String click = sandbox.click("/go/leo");

        pay("'metadata':{'affihub_ref':'mia','refportClickId':'" + click + "'}");

        assertThat(sandbox.calls("").stream()
                        .filter(call -> call.path("path").asString().equals("stripe: checkout.session.completed"))
                        .map(call -> call.path("partner").asString()))
                .containsExactly("mia", "leo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'client_reference_id':'nobody'",
                "'metadata':{'plan':'pro'}",
                "'metadata':{'affitor_click_id':'{affitor}','affitor_customer_key':'u1'}",
                "'metadata':{'affitor_click_id':'{affitor}','program_id':'another'}"
            })
    void creditsNobodyWithoutTheRequiredKeys(String keys) throws Exception {
        pay(keys.replace("{affitor}", AffitorTests.click(sandbox)));

        assertThat(sandbox.calls(""))
                .noneMatch(call -> call.path("kind").asString("").equals("sale"));
    }

    @Test
    void hearsOfNoPaymentThatWasDeclinedHasNotArrivedOrIsZero() throws Exception {
        pay("'client_reference_id':'mia','means':'declined_card'");
        pay("'client_reference_id':'mia','means':'sepa_debit'");
        subscribe("'client_reference_id':'mia','trial_days':14");

        assertThat(sandbox.calls(""))
                .noneMatch(call -> call.path("kind").asString("").equals("sale"));
    }

    private static HttpResponse<String> subscribe(String what) throws Exception {
        return created(sandbox.post("/sandbox/stripe/subscribe", "{" + what.replace('\'', '"') + "}"));
    }

    private static void pay(String what) throws Exception {
        created(sandbox.post("/sandbox/stripe/pay", "{" + what.replace('\'', '"') + "}"));
    }

    private static HttpResponse<String> created(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response;
    }
}
