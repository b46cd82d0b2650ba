package io.reftrail.backend.affitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.Journeys;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of docs/contracts/affitor.md, section 3, as a whole. */
class AffitorCallTests {

    private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer aff_secret");

    private final AffitorBackend affitor = AffitorBackend.of("aff_secret");

    @Test
    void aClickCarriesNoToken() {
        assertThat(affitor.call(Journeys.click(affitor)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affitor.com/api/v1/track/click"),
                        Map.of(),
                        "{\"affiliate_url\":\"https://shop.example/pricing?aff=nora7\","
                                + "\"page_url\":\"https://shop.example/pricing\","
                                + "\"referrer_url\":\"https://blog.example/\",\"user_agent\":\"" + Journeys.BROWSER
                                + "\"}"));
    }

    @Test
    void whatIsNotKnownOfAClickIsNotSent() {
        Click click = new Click(
                Journeys.pending(affitor), "n", "https://a.example/?aff=n", null, null, null, Map.of(), Journeys.NOW);

        assertThat(affitor.call(click).body())
                .isEqualTo("{\"affiliate_url\":\"https://a.example/?aff=n\",\"page_url\":\"https://a.example/\"}");
    }

    @Test
    void theClickBeforeThisOneIsForwardedUnlessItIsOfAnOlderGeneration() {
        Attribution before = new Attribution("affitor", "cust_12_1", Journeys.NOW, "key-1", Map.of());

        assertThat(affitor.call(Journeys.click(affitor).withAttribution(before)).body())
                .contains("\"existing_click_id\":\"cust_12_1\"");
        assertThat(affitor.call(Journeys.click(affitor).withAttribution(before.with("cookie", "customer_code")))
                        .body())
                .doesNotContain("existing_click_id", "cust_12_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.example/?aff=n            | https://a.example/?aff=n            | false",
                "https://a.example/?ref=n            | https://a.example/?ref=n            | false",
                "https://a.example/?ref=n            | https://a.example/?aff=n            | true",
                "https://a.example/?x=%20&ref=n&y#ref=z | https://a.example/?x=%20&aff=n&y#ref=z | true",
                "https://a.example/?ref=m&aff=n      | https://a.example/?ref=m&aff=n      | true",
                "https://a.example/?aff=&ref=m&ref=n | https://a.example/?aff=m&ref=n      | true",
                "https://a.example/?aff&aff=n        | https://a.example/?aff=n            | false",
                "https://a.example/?%61ff=n&ref=m    | https://a.example/?%61ff=n&ref=m    | true",
                "https://a.example/?r%65f=%6e        | https://a.example/?aff=%6e          | true",
                "https://a.example/?%zz=1&ref=&ref=n | https://a.example/?%zz=1&ref=&aff=n | true",
                "https://a.example/#?ref=n           | https://a.example/#?ref=n           | true",
                "https://a.example/                  | https://a.example/                  | true",
            })
    void aCodeOfAnOlderLinkTakesTheNameOfToday(String landing, String affiliateUrl, boolean captureRef) {
        assertThat(AffiliateAddress.of(landing, captureRef)).isEqualTo(affiliateUrl);
    }

    @Test
    void aLeadCarriesClickAndCustomer() {
        assertThat(affitor.call(Journeys.lead(affitor).withMetadata(Map.of("plan", "team"))))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affitor.com/api/v1/track/lead"),
                        TOKEN,
                        "{\"click_id\":\"click_1\",\"customer_key\":\"acct-48213\",\"email\":\"mia@example.org\","
                                + "\"additional_data\":{\"plan\":\"team\",\"event_name\":\"Sign Up\"}}"));
    }

    @Test
    void aVisitorWithAnOlderCookieIsReportedTheOlderWay() {
        Attribution older = Journeys.clicked(affitor).with(Attribution.COOKIE, "customer_code");
        Lead lead = Journeys.lead(affitor).withAttribution(older);

        assertThat(affitor.call(lead))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affitor.com/api/tracking/lead"),
                        TOKEN,
                        "{\"customer_code\":\"click_1\",\"user_id\":\"acct-48213\",\"email\":\"mia@example.org\"}"));
        assertThat(affitor.call(Lead.of(older, Customer.of("7"), "Sign Up", Journeys.NOW)
                                .withMetadata(Map.of("plan", "team")))
                        .body())
                .isEqualTo("{\"customer_code\":\"click_1\",\"user_id\":\"7\",\"additional_data\":{\"plan\":\"team\"}}");
        assertThat(affitor.call(Journeys.sale(affitor).withAttribution(older)).body())
                .contains("\"customer_key\":\"acct-48213\"")
                .doesNotContain("click_1");
    }

    @Test
    void metadataCannotTakeThePlaceOfWhatAffitorReads() {
        Map<String, String> metadata =
                Map.of("test_mode", "true", "program_id", "99", "event_name", "Other", "plan", "team");
        Lead lead = Lead.of(Journeys.clicked(affitor), Customer.of("7"), "Sign Up", Journeys.NOW)
                .withMetadata(metadata);
        Attribution older = Journeys.clicked(affitor).with(Attribution.COOKIE, "customer_code");

        assertThat(affitor.call(lead).body())
                .endsWith(",\"additional_data\":{\"plan\":\"team\",\"event_name\":\"Sign Up\"}}");
        assertThat(affitor.call(lead.withAttribution(older)).body())
                .endsWith(",\"additional_data\":{\"plan\":\"team\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no address", "mia@localhost", "@example.org"})
    void whatIsNoAddressIsNotSent(String email) {
        Lead lead = Lead.of(Journeys.clicked(affitor), Customer.of("7").withEmail(email), "Sign Up", Journeys.NOW);
        Attribution older = Journeys.clicked(affitor).with(Attribution.COOKIE, "customer_code");

        assertThat(affitor.call(lead).body()).doesNotContain("email");
        assertThat(affitor.call(lead.withAttribution(older)).body()).doesNotContain("email");
    }

    @Test
    void aSinglePayment() {
        assertThat(affitor.call(Journeys.sale(affitor)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affitor.com/api/v1/track/sale"),
                        TOKEN,
                        "{\"transaction_id\":\"inv-88012\",\"customer_key\":\"acct-48213\",\"click_id\":\"click_1\","
                                + "\"amount_cents\":2900,\"currency\":\"EUR\",\"sale_type\":\"payment\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MONTH   | ,\"subscription_interval\":\"monthly\"",
                "QUARTER | ,\"subscription_interval\":\"quarterly\"",
                "YEAR    | ,\"subscription_interval\":\"annual\"",
                "none    | ``",
            })
    void aSubscription(@Nullable Interval interval, String field) {
        Payment payment = Journeys.payment(Journeys.euros("29"))
                .forSubscription("sub-31", interval)
                .withProduct("team");

        assertThat(affitor.call(Journeys.sale(affitor, payment)).body())
                .endsWith("\"sale_type\":\"subscription\",\"is_recurring\":false,\"subscription_id\":\"sub-31\"" + field
                        + ",\"product_id\":\"team\"}");
    }

    @Test
    void onlyARenewalIsRecurring() {
        Payment renewal = Journeys.payment(Journeys.euros("29")).forRenewal("sub-31", null);

        assertThat(affitor.call(Journeys.sale(affitor, renewal)).body())
                .contains("\"sale_type\":\"subscription\",\"is_recurring\":true,");
    }

    @ParameterizedTest
    @CsvSource({"29.5, EUR, 2950", "2900, JPY, 2900", "1.234, KWD, 1234", "0.01, USD, 1"})
    void amountsAreInTheSmallestUnit(BigDecimal amount, String currency, long cents) {
        assertThat(affitor.call(Journeys.sale(affitor, Journeys.payment(Money.of(amount, currency))))
                        .body())
                .contains("\"amount_cents\":" + cents + ",\"currency\":\"" + currency + "\"");
    }

    @Test
    void aRefundInPartAndInFull() {
        Refund inPart = Refund.of(
                Journeys.clicked(affitor), "7", "inv-1", "ref-1", Journeys.euros("14.50"), "downgrade", Journeys.NOW);

        assertThat(affitor.call(inPart))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affitor.com/api/v1/track/refund"),
                        TOKEN,
                        "{\"transaction_id\":\"inv-1\",\"refund_amount_cents\":1450,\"refund_reason\":\"downgrade\"}"));
        assertThat(affitor.call(Journeys.refund(affitor, null)).body()).isEqualTo("{\"transaction_id\":\"inv-88012\"}");
    }

    @Test
    void aSandboxKeepsThePath() {
        AffitorBackend sandbox = AffitorBackend.builder("t")
                .baseUrl("http://localhost:8099/affitor/")
                .build();

        assertThat(sandbox.call(Journeys.click(sandbox)).uri())
                .hasToString("http://localhost:8099/affitor/api/v1/track/click");
    }
}
