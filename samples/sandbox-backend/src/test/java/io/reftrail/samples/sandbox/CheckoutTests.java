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

/** docs/contracts/affihub.md section 3.6, affitor.md section 3.7 and refport.md section 3.4: sales by a payment provider. */
class CheckoutTests {

    private static final String CHECKOUT = "/sandbox/checkout";

    @RegisterExtension
    static final RunningSandbox sandbox = new RunningSandbox();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'client_reference_id':'mia'                                                           | affihub
            'metadata':{'affihub_ref':'mia'}                                                      | affihub
            'custom_data':{'affihub_ref':'mia','affihub_program':'prog_sandbox'}                  | affihub
            'metadata':{'affitor_click_id':'{affitor}','affitor_customer_key':'u1','program_id':'sandbox-program'} | affitor
            'metadata':{'customer_code':'{affitor}','user_id':'u1','program_id':'sandbox-program'} | affitor
            'metadata':{'refportClickId':'{refport}','refportExternalCustomerId':'u1'}            | refport
            'client_reference_id':'{refport}'                                                     | refport
            'metadata':{'affonso_referral':'{affonso}'}                                           | affonso
            'client_reference_id':'{affonso}'                                                     | affonso
            'custom_data':{'affonso_referral':'{affonso}'}                                        | affonso
            'metadata':{'dubCustomerExternalId':'u1','dubClickId':'any'}                        | dub
            """)
    void creditsTheVendorWhoseKeysAreThere(String keys, String vendor) throws Exception {
        String body = "{" + keys + ",'amount':2900,'currency':'eur','invoice_id':'inv-1'}";
        body = body.replace("{affitor}", AffitorTests.click(sandbox))
                .replace("{refport}", sandbox.click("/go/leo"))
                .replace("{affonso}", AffonsoTests.click(sandbox));
        if (vendor.equals("dub")) {
            DubLeadTests.send(sandbox, "{NAMES,'mode':'wait'}");
        }

        JsonNode credits = json(post(body));
        JsonNode again = json(post(body));

        assertThat(credits.size()).isEqualTo(1);
        assertThat(credits.at("/0/vendor").asString()).isEqualTo(vendor);
        assertThat(credits.at("/0/verdict").asString()).isEqualTo("recorded");
        assertThat(again.at("/0/verdict").asString()).isEqualTo("duplicate");
        assertThat(sandbox.funnel(vendor).path("sales").asInt()).isEqualTo(1);
        assertThat(sandbox.lastCall().path("path").asString()).isEqualTo(CHECKOUT);
        assertThat(sandbox.lastCall().path("amount").asLong()).isEqualTo(2900);
    }

    @Test
    void creditsEveryVendorThatIsNamed() throws Exception {
        String metadata = "'metadata':{'affihub_ref':'mia','refportClickId':'" + sandbox.click("/go/leo") + "'}";

        JsonNode credits = json(post("{" + metadata + ",'amount':1,'currency':'usd'}"));

        assertThat(credits.valueStream().map(credit -> credit.path("partner").asString()))
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
        String body = "{" + keys + ",'amount':1,'currency':'usd'}";

        assertThat(json(post(body.replace("{affitor}", AffitorTests.click(sandbox)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'amount':0,'currency':'usd'", "'amount':1", "'amount':1,'currency':'dollars'"})
    void refusesACheckoutWithoutASum(String sum) throws Exception {
        assertThat(post("{'client_reference_id':'mia'," + sum + "}").statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return sandbox.post(CHECKOUT, body.replace('\'', '"'));
    }
}
