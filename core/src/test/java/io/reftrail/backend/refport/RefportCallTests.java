package io.reftrail.backend.refport;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.Journeys;
import io.reftrail.backend.Leads;
import io.reftrail.backend.SalesReporting;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request of docs/contracts/refport.md, section 3.1, as a whole. */
class RefportCallTests {

    private final RefportBackend backend = RefportBackend.of("rk_secret");

    @Test
    void reportsTheCustomer() {
        assertThat(backend.call(Leads.lead(backend, "k3Jd92mQx7", Leads.MIA)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://app.refport.co/api/track/lead"),
                        Map.of("Authorization", "Bearer rk_secret"),
                        "{\"clickId\":\"k3Jd92mQx7\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"acct-48213\","
                                + "\"customerEmail\":\"mia@example.org\",\"customerName\":\"Mia Kovac\"}"));
    }

    @Test
    void aPictureIsSentWhereThereIsOne() {
        assertThat(backend.call(Leads.lead(backend, "k", Leads.MIA_WITH_A_PICTURE))
                        .body())
                .isEqualTo("{\"clickId\":\"k\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"acct-48213\","
                        + "\"customerEmail\":\"mia@example.org\",\"customerName\":\"Mia Kovac\","
                        + "\"customerAvatar\":\"https://cdn.example/mia.png\"}");
    }

    @Test
    void metadataIsAnObjectInAStableOrder() {
        assertThat(backend.call(Leads.lead(backend, "k", Customer.of("7"))
                                .withMetadata(Map.of("plan", "trial", "form", "short")))
                        .body())
                .isEqualTo("{\"clickId\":\"k\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"7\","
                        + "\"metadata\":{\"form\":\"short\",\"plan\":\"trial\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "none            | none      | ",
                "``              | `  `      | ",
                "mia@example.org | none      | ,\"customerEmail\":\"mia@example.org\"",
                "none            | Mia Kovac | ,\"customerName\":\"Mia Kovac\"",
                "no address      | M\u00efa  | ,\"customerName\":\"M\u00efa\"",
            })
    void whatIsNotKnownIsNotSent(@Nullable String email, @Nullable String name, @Nullable String fields) {
        Customer customer = Customer.of("7").withEmail(email).withName(name);

        assertThat(backend.call(Leads.lead(backend, "k", customer)).body())
                .isEqualTo("{\"clickId\":\"k\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"7\""
                        + (fields == null ? "" : fields) + "}");
    }

    @Test
    void aSandboxAndAnEventNameMayBeChosen() {
        RefportBackend sandbox = RefportBackend.builder("rk_secret")
                .baseUrl("http://localhost:8099/refport")
                .leadEventName("Trial")
                .build();

        HttpCall call = sandbox.call(Leads.lead(sandbox, "k", Customer.of("7")));

        assertThat(call.uri()).isEqualTo(URI.create("http://localhost:8099/refport/api/track/lead"));
        assertThat(call.body()).contains("\"eventName\":\"Trial\"");
    }

    @Test
    void theSameLeadGivesTheSameCall() {
        assertThat(backend.call(Leads.lead(backend, "k", Leads.MIA)))
                .isEqualTo(backend.call(Leads.lead(backend, "k", Leads.MIA)));
    }

    @Test
    void clicksArriveAndAreKeptAsTheContractSays() {
        assertThat(backend.name()).isEqualTo("refport");
        assertThat(backend.captureRules())
                .containsExactly(new CaptureRule(
                        "refport",
                        List.of("refp_id"),
                        "refp_id",
                        Duration.ofDays(90),
                        512,
                        CookieEncoding.PERCENT,
                        true));
        assertThat(backend.deliveryTimeout(Leads.lead(backend, "c", Leads.MIA)))
                .isBetween(Duration.ofDays(6), Duration.ofDays(7));
    }

    @Test
    void reportsASale() {
        assertThat(backend.call(Journeys.sale(backend)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://app.refport.co/api/track/sale"),
                        Map.of("Authorization", "Bearer rk_secret"),
                        "{\"clickId\":\"click_1\",\"customerExternalId\":\"acct-48213\",\"amount\":2900,"
                                + "\"currency\":\"eur\",\"invoiceId\":\"inv-88012\"}"));
        assertThat(backend.reports()).containsExactlyInAnyOrder(Event.Type.LEAD, Event.Type.SALE);
        assertThat(backend.deliveryTimeout(Journeys.sale(backend))).isEqualTo(Duration.ofDays(90));
    }

    @ParameterizedTest
    @CsvSource({"Stripe, stripe", "revenuecat, revenuecat", "apple, custom", "dub, custom", "custom, custom"})
    void aProcessorIsNamedInAWordThatRefportKnows(String processor, String sent) {
        Payment payment = Journeys.payment(Money.of(new BigDecimal("2900"), "JPY"))
                .withProcessor(processor)
                .withMetadata(Map.of("seats", "3"));

        assertThat(backend.call(Journeys.sale(backend, payment)).body())
                .endsWith("\"amount\":2900,\"currency\":\"jpy\",\"invoiceId\":\"inv-88012\","
                        + "\"paymentProcessor\":\"" + sent + "\",\"metadata\":{\"seats\":\"3\"}}");
    }

    @Test
    void aCheckoutCarriesTheClick() {
        RefportBackend connected =
                RefportBackend.builder("t").sales(SalesReporting.CHECKOUT).build();

        assertThat(connected.checkoutMetadata(Journeys.clicked(backend), "7"))
                .isEqualTo(new CheckoutMetadata(
                        Map.of("refportClickId", "click_1", "refportExternalCustomerId", "7"), "click_1"));
    }
}
