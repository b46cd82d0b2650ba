package io.reftrail.samples.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2 of docs/contracts/introw.md and docs/contracts/refport.md: where a partner link leads and what it carries. */
class PartnerLinkTests {

    @RegisterExtension
    static final RunningSandbox sandbox = new RunningSandbox("--sandbox.merchant-url=http://shop.example:8080");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /r/nora                            | http://shop.example:8080/?irw_id=
            /r/leo?to=/pricing                 | http://shop.example:8080/pricing?irw_id=
            /r/leo?to=/pricing%3Fplan%3Dpro    | http://shop.example:8080/pricing?plan=pro&irw_id=
            /r/leo?to=/a%3Fq%3D%2541%252B      | http://shop.example:8080/a?q=%41%2B&irw_id=
            /go/mia                            | http://shop.example:8080/?refp_id=
            /go/mia?to=/p?x=y                  | http://shop.example:8080/p?x=y&refp_id=
            /go/unlinked                       | http://shop.example:8080/?refp_id=
            /d/mia?to=/p                       | http://shop.example:8080/p?dub_id=
            /d/unknown                         | http://shop.example:8080/?dub_id=
            /affitor/links/nora                | http://shop.example:8080/?aff=nora
            /affitor/links/inactive            | http://shop.example:8080/?aff=inactive
            /affonso/links/nora?to=/p          | http://shop.example:8080/p?atp=nora
            /affonso/links/inactive            | http://shop.example:8080/?atp=inactive
            /affihub/links/nora                | http://shop.example:8080/?ref=nora
            /firstpromoter/links/nora          | http://shop.example:8080/?fpr=nora
            /tolt/links/nora                   | http://shop.example:8080/?tref=nora
            /tapfiliate/links/nora?to=/p       | http://shop.example:8080/p?tapref=nora
            /rewardful/links/nora              | http://shop.example:8080/?referral=
            /everflow/links/nora               | http://shop.example:8080/?_ef_transaction_id=
            """)
    void leadsToTheMerchant(String link, String landing) throws Exception {
        HttpResponse<String> response = sandbox.get(link);

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).startsWith(landing);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/",
                "http://shop.example:8080/x",
                "evil",
                "",
                "/%5Cevil.example",
                "/a%0D%0AX:1",
                "javascript:alert(1)",
                "/a%20b"
            })
    void refusesToLeaveTheMerchant(String to) throws Exception {
        HttpResponse<String> response = sandbox.get("/r/nora?to=" + to);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(sandbox.lastVerdict()).isEqualTo("rejected");
        assertThat(sandbox.funnel("introw").at("/clicks").asInt()).isZero();
    }

    @Test
    void keepsTheFragmentBehindTheQuery() throws Exception {
        assertThat(sandbox.get("/r/nora?to=/a%23part")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .matches("http://shop[.]example:8080/a[?]irw_id=aff_[^#]+#part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/r/nobody", "/go/nobody", "/r/unlinked", "/d/nobody", "/affihub/links/inactive"})
    void knowsItsPartnersOnly(String link) throws Exception {
        assertThat(sandbox.get(link).statusCode()).isEqualTo(404);
        assertThat(sandbox.lastVerdict()).isEqualTo("rejected");
    }

    @Test
    void givesIdsThatNeedNoEncodingAndAreNewEachTime() throws Exception {
        String token = sandbox.click("/r/nora");

        assertThat(token).matches("aff_[A-Za-z0-9._-]+").hasSizeLessThanOrEqualTo(256);
        assertThat(sandbox.click("/r/nora")).isNotEqualTo(token);
        assertThat(sandbox.click("/go/nora")).matches("[A-Za-z0-9]{10}");
    }

    @ParameterizedTest
    @CsvSource({"affitor, 0", "affonso, 0", "affihub, 0", "dub, 1"})
    void recordsAClickWhereTheVendorRedirects(String vendor, int clicks) throws Exception {
        sandbox.get((vendor.equals("dub") ? "/d" : "/" + vendor + "/links") + "/nora");

        assertThat(sandbox.funnel(vendor).path("clicks").asInt()).isEqualTo(clicks);
        assertThat(sandbox.calls("")).hasSize(clicks);
    }

    @Test
    void acceptsPartnersThatAreConfigured() throws Exception {
        try (RunningSandbox other = new RunningSandbox("--sandbox.partners=zoe")) {
            assertThat(other.get("/r/zoe").statusCode()).isEqualTo(302);
            assertThat(other.get("/r/nora").statusCode()).isEqualTo(404);
        }
    }
}
