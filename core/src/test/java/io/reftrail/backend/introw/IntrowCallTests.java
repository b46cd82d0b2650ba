package io.reftrail.backend.introw;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.Journeys;
import io.reftrail.backend.Leads;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Money;
import io.reftrail.model.Sale;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request of docs/contracts/introw.md, section 3.1, as a whole. */
class IntrowCallTests {

    private final IntrowBackend backend = IntrowBackend.of("ik_secret");

    @Test
    void reportsClickAndEmailAndNothingElseOfTheCustomer() {
        assertThat(backend.call(Leads.lead(backend, "aff_01J9", Leads.MIA)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.introw.io/api/v1/affiliate/conversions"),
                        Map.of("x-api-key", "ik_secret"),
                        "{\"clickId\":\"aff_01J9\",\"email\":\"mia@example.org\"}"));
    }

    @Test
    void metadataTravelsAsPropertiesInAStableOrder() {
        assertThat(backend.call(Leads.lead(backend, "aff_01J9", Leads.MIA)
                                .withMetadata(Map.of("plan", "team", "orderId", "90017")))
                        .body())
                .isEqualTo("{\"clickId\":\"aff_01J9\",\"email\":\"mia@example.org\","
                        + "\"properties\":{\"orderId\":\"90017\",\"plan\":\"team\"}}");
    }

    @Test
    void whatIsNotKnownIsNotSent() {
        assertThat(body(Customer.of("acct-48213"))).isEqualTo("{\"clickId\":\"aff_01J9\"}");
    }

    @Test
    void whatLooksLikeJsonStaysText() {
        assertThat(backend.call(Leads.lead(backend, "a\"},{\"b", Customer.of("1")))
                        .body())
                .isEqualTo("{\"clickId\":\"a\\\"},{\\\"b\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "mia.kovac+x@mail.example.org",
                "o'brien@example.ie",
                "_@example.org",
                "A-1@EX-ample.Org",
                "9@9.io"
            })
    void anAddressOfTheContractsPatternIsSent(String email) {
        assertThat(body(Customer.of("1").withEmail(email)))
                .isEqualTo("{\"clickId\":\"aff_01J9\",\"email\":\"" + email + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "mia",
                "@example.org",
                "mia@",
                ".mia@example.org",
                "m..ia@example.org",
                "mia@example",
                "mia@example.c",
                "mia@example.o1",
                "mia@ex_ample.org",
                "mia@-example.org",
                "mia@example..org",
                "m\u00efa@example.org",
                "mia@ex\u00e4mple.org",
                "mi a@example.org",
                "mia@example.org ",
                "mia@example.org\n",
                "a@b@example.org",
                "\"mia\"@example.org",
                "mia@[127.0.0.1]",
                "<mia@example.org>",
                "mia@example.org,leo@example.org"
            })
    void anyOtherAddressIsLeftOut(String email) {
        assertThat(body(Customer.of("1").withEmail(email))).isEqualTo("{\"clickId\":\"aff_01J9\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void anAddressOfAnyLengthIsChecked(int length) {
        assertThat(body(Customer.of("1").withEmail("a@" + "b.".repeat(length) + "!")))
                .isEqualTo("{\"clickId\":\"aff_01J9\"}");
        assertThat(body(Customer.of("1").withEmail("a".repeat(length) + "@!"))).isEqualTo("{\"clickId\":\"aff_01J9\"}");
    }

    @Test
    void aSandboxKeepsThePath() {
        assertThat(IntrowBackend.builder("ik_secret")
                        .baseUrl("http://localhost:8099/introw/")
                        .build()
                        .call(Leads.lead(backend, "a", Leads.MIA))
                        .uri())
                .isEqualTo(URI.create("http://localhost:8099/introw/api/v1/affiliate/conversions"));
    }

    @Test
    void clicksArriveAndAreKeptAsTheContractSays() {
        assertThat(backend.name()).isEqualTo("introw");
        assertThat(backend.captureRules())
                .containsExactly(new CaptureRule(
                        "introw",
                        List.of("irw_id"),
                        "_introw_aff",
                        Duration.ofDays(90),
                        256,
                        CookieEncoding.RAW,
                        true));
        assertThat(backend.deliveryTimeout(Leads.lead(backend, "c", Leads.MIA))).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void theFirstPaymentIsTheConversionWhereItIsWhatCounts() {
        IntrowBackend sales = IntrowBackend.builder("ik_secret")
                .conversion(IntrowBackend.Conversion.SALE)
                .build();
        Sale sale = Journeys.sale(
                sales,
                Journeys.payment(Money.of(new BigDecimal("100000"), "JPY"))
                        .withMetadata(Map.of("plan", "team", "amount", "0")));

        assertThat(sales.reports()).containsExactly(Event.Type.SALE);
        assertThat(backend.reports()).containsExactly(Event.Type.LEAD);
        assertThat(sales.call(sale))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.introw.io/api/v1/affiliate/conversions"),
                        Map.of("x-api-key", "ik_secret"),
                        "{\"clickId\":\"click_1\",\"properties\":{\"amount\":\"100000\",\"plan\":\"team\","
                                + "\"currency\":\"JPY\",\"invoiceId\":\"inv-88012\"}}"));
    }

    private String body(Customer customer) {
        return backend.call(Leads.lead(backend, "aff_01J9", customer)).body();
    }
}
