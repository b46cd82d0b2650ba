package io.reftrail.backend.affonso;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.Journeys;
import io.reftrail.backend.Replies;
import io.reftrail.backend.SalesReporting;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.SubscriptionChange;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of docs/contracts/affonso.md, section 3, as a whole. */
class AffonsoCallTests {

    private static final Map<String, String> KEY = Map.of("Authorization", "Bearer sk_secret");

    private final AffonsoBackend affonso = AffonsoBackend.of("sk_secret", "prg_1");

    private static Click click(String code, @Nullable String text, Map<String, String> parameters) {
        return new Click(
                Journeys.pending(AffonsoBackend.of("k", "p")), code, null, text, text, text, parameters, Journeys.NOW);
    }

    @Test
    void aClickIsWrittenInCamelCase() {
        assertThat(affonso.call(Journeys.click(affonso)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affonso.io/v1/clicks"),
                        KEY,
                        "{\"programId\":\"prg_1\",\"trackingId\":\"nora7\",\"referrer\":\"https://blog.example/\","
                                + "\"ip\":\"203.0.113.9\",\"userAgent\":\"" + Journeys.BROWSER + "\"}"));
    }

    @Test
    void everyParameterThatIsForwardedHasItsField() {
        Map<String, String> all = affonso.captureRules().get(0).forwarded().stream()
                .collect(Collectors.toMap(name -> name, name -> "v-" + name));

        assertThat(affonso.call(click("n", null, all)).body())
                .isEqualTo("{\"programId\":\"prg_1\",\"trackingId\":\"n\",\"sub1\":\"v-sub1\",\"sub2\":\"v-sub2\","
                        + "\"sub3\":\"v-sub3\",\"sub4\":\"v-sub4\",\"sub5\":\"v-sub5\",\"utmSource\":\"v-utm_source\","
                        + "\"utmMedium\":\"v-utm_medium\",\"utmCampaign\":\"v-utm_campaign\","
                        + "\"utmTerm\":\"v-utm_term\",\"utmContent\":\"v-utm_content\",\"gclid\":\"v-gclid\","
                        + "\"fbclid\":\"v-fbclid\",\"msclkid\":\"v-msclkid\",\"ttclid\":\"v-ttclid\"}");
    }

    @Test
    void otherParametersAreNotForwarded() {
        assertThat(affonso.call(click("n", null, Map.of("password", "x"))).body())
                .isEqualTo("{\"programId\":\"prg_1\",\"trackingId\":\"n\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "45, true, true, true",
        "46, true, true, false",
        "1000, true, true, false",
        "1001, true, false, false",
        "2000, true, false, false",
        "2001, false, false, false"
    })
    void whatIsTooLongIsLeftOut(int length, boolean referrer, boolean userAgent, boolean ip) {
        String body = affonso.call(click("n", "x".repeat(length), Map.of())).body();

        assertThat(body.contains("\"referrer\"")).isEqualTo(referrer);
        assertThat(body.contains("\"userAgent\"")).isEqualTo(userAgent);
        assertThat(body.contains("\"ip\"")).isEqualTo(ip);
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, false"})
    void aParameterThatIsTooLongIsLeftOut(int length, boolean sent) {
        assertThat(affonso.call(click("n", null, Map.of("sub1", "x".repeat(length))))
                        .body()
                        .contains("sub1"))
                .isEqualTo(sent);
    }

    @Test
    void addressAndAgentCanBeKeptBack() {
        AffonsoBackend discreet = AffonsoBackend.builder("sk_secret", "prg_1")
                .sendIpAddress(false)
                .sendUserAgent(false)
                .build();

        assertThat(discreet.call(Journeys.click(discreet)).body())
                .doesNotContain("\"ip\"", "203.0.113.9", "userAgent", "Mozilla");
        assertThat(discreet.redact(Journeys.click(discreet)))
                .isEqualTo(Journeys.click(discreet).withoutIpAddress().withoutUserAgent());
        assertThat(affonso.redact(Journeys.click(affonso))).isEqualTo(Journeys.click(affonso));
    }

    @Test
    void aTrackingIdThatCannotBeOneIsNotSent() {
        assertThat(affonso.outcomeWithoutCall(click("x".repeat(100), null, Map.of())))
                .isNull();
        assertThat(affonso.outcomeWithoutCall(click("x".repeat(101), null, Map.of())))
                .isNotNull()
                .extracting(Outcome::verdict)
                .isEqualTo(Verdict.REJECTED);
    }

    @Test
    void aSignUpIsWrittenInSnakeCase() {
        assertThat(affonso.call(Journeys.lead(affonso).withMetadata(Map.of("not", "documented"))))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affonso.io/v1/signups"),
                        KEY,
                        "{\"click_id\":\"click_1\",\"email\":\"mia@example.org\","
                                + "\"external_user_id\":\"acct-48213\",\"name\":\"Mia Kovac\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mia", "mia@localhost", "m ia@example.org"})
    void anAddressThatWouldFailTheSignUpIsLeftOut(String email) {
        Customer customer = Customer.of("7").withEmail(email).withName("x".repeat(256));

        assertThat(affonso.call(Lead.of(Journeys.clicked(affonso), customer, "Sign Up", Journeys.NOW))
                        .body())
                .isEqualTo("{\"click_id\":\"click_1\",\"external_user_id\":\"7\"}");
    }

    @Test
    void aConversionNamesTheClickAlone() {
        assertThat(affonso.call(Journeys.sale(affonso)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affonso.io/v1/conversions"),
                        KEY,
                        "{\"click_id\":\"click_1\",\"sale_amount\":29.00,\"sale_amount_currency\":\"EUR\","
                                + "\"external_event_id\":\"inv-88012\",\"sales_status\":\"complete\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "29.5, EUR, 29.50",
        "2900, JPY, 2900",
        "1000000, JPY, 1000000",
        "1.234, KWD, 1.234",
        "0.01, USD, 0.01",
        "999999999999999, JPY, 999999999999999"
    })
    void amountsArePlainNumbersInMajorUnits(BigDecimal amount, String currency, String number) {
        assertThat(affonso.call(Journeys.sale(affonso, Journeys.payment(Money.of(amount, currency))))
                        .body())
                .contains("\"sale_amount\":" + number + ",");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MONTH   | ,\"interval\":\"monthly\"",
                "YEAR    | ,\"interval\":\"yearly\"",
                "QUARTER | ``",
                "none    | ``"
            })
    void aSubscription(@Nullable Interval interval, String field) {
        Payment payment = Journeys.payment(Journeys.euros("29"))
                .forSubscription("sub-31", interval)
                .withProduct("team")
                .withMetadata(Map.of("seats", "3"));

        assertThat(affonso.call(Journeys.sale(affonso, payment)).body())
                .endsWith("\"is_subscription\":true" + field
                        + ",\"product_ids\":[\"team\"],\"metadata\":{\"seats\":\"3\"}}");
    }

    @Test
    void theConversionsIdIsKeptForItsRefund() {
        Outcome sold = affonso.outcome(
                Journeys.sale(affonso), Replies.reply(201, "{\"success\":true,\"data\":{\"id\":\"com/1 ?\"}}"));
        Outcome recorded = affonso.outcome(
                Journeys.sale(affonso), Replies.reply(201, "{\"success\":true,\"data\":{\"id\":\"com/1?\"}}"));

        assertThat(sold.attribution()).as("an id has no spaces").isNull();
        assertThat(recorded.attribution()).isNotNull();
        Refund refund = Journeys.refund(affonso, Journeys.euros("14.50")).withAttribution(recorded.attribution());
        assertThat(affonso.call(refund))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affonso.io/v1/conversions/com%2F1%3F/refund"),
                        KEY,
                        "{\"amount\":14.50,\"currency\":\"EUR\",\"external_event_id\":\"ref-1\","
                                + "\"refunded_at\":\"2026-03-01T10:15:30.000Z\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "", " "})
    void anIdThatWouldBeAnotherAddressIsNotKept(String id) {
        String body = "{\"success\":true,\"data\":{\"id\":\"" + id + "\"}}";

        assertThat(affonso.outcome(Journeys.sale(affonso), Replies.reply(201, body))
                        .attribution())
                .isNull();
    }

    @Test
    void theRestOfASaleIsRefundedWithoutAnAmount() {
        assertThat(affonso.call(Journeys.refund(affonso, null)).body())
                .isEqualTo("{\"external_event_id\":\"ref-1\",\"refunded_at\":\"2026-03-01T10:15:30.000Z\"}");
    }

    @Test
    void aRefundsTimeHasMillisecondsAsTheVendorsClientWritesIt() {
        Refund precise = Refund.of(
                Journeys.clicked(affonso).with("conversion", "com_1"),
                "acct-48213",
                "inv-88012",
                "ref-1",
                null,
                null,
                Instant.parse("2026-03-01T10:15:30.123456789Z"));

        assertThat(affonso.call(precise).body()).contains("\"refunded_at\":\"2026-03-01T10:15:30.123Z\"");
    }

    @Test
    void aTrialIsAnEventOfTheCustomer() {
        assertThat(affonso.call(Journeys.change(affonso, SubscriptionChange.Kind.TRIAL_STARTED)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affonso.io/v1/events"),
                        KEY,
                        "{\"event_name\":\"trial_started\",\"event_type\":\"trial\",\"external_user_id\":\"acct-48213\","
                                + "\"external_event_id\":\"sub-31\",\"occurred_at\":\"2026-03-01T10:15:30.000Z\","
                                + "\"is_subscription\":true}"));
        assertThat(AffonsoBackend.builder("key", "prg_1").trials(false).build().reports())
                .contains(Event.Type.SALE)
                .doesNotContain(Event.Type.TRIAL);
        assertThat(AffonsoBackend.builder("key", "prg_1")
                        .sales(SalesReporting.CHECKOUT)
                        .build()
                        .reports())
                .doesNotContain(Event.Type.TRIAL);
    }

    @Test
    void theCheckoutCarriesTheClickWhereAPaymentProviderReports() {
        AffonsoBackend checkout = AffonsoBackend.builder("key", "prg_1")
                .sales(SalesReporting.CHECKOUT)
                .build();

        assertThat(checkout.checkoutMetadata(Journeys.clicked(checkout), "7"))
                .isEqualTo(new CheckoutMetadata(Map.of("affonso_referral", "click_1"), "click_1"));
    }

    @Test
    void whatCannotBeToldIsNotSent() {
        assertThat(affonso.outcomeWithoutCall(
                        Journeys.refund(affonso, null).withAttribution(Journeys.clicked(affonso))))
                .isNotNull();
        assertThat(affonso.outcomeWithoutCall(Journeys.refund(affonso, Journeys.euros("0"))))
                .isNotNull();
        assertThat(affonso.outcomeWithoutCall(Journeys.sale(affonso, Journeys.payment(Journeys.euros("0")))))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = "CANCELLATION", mode = EnumSource.Mode.EXCLUDE)
    void everythingElseIsSent(Event.Type type) {
        assertThat(affonso.outcomeWithoutCall(Journeys.event(affonso, type))).isNull();
        assertThat(affonso.reports()).contains(type);
    }

    @Test
    void aClickIsExchanged() {
        assertThat(affonso.outcome(
                                Journeys.click(affonso),
                                Replies.reply(201, "{\"success\":true,\"data\":{\"id\":\"clk_1\"}}"))
                        .attribution())
                .isEqualTo(Journeys.pending(affonso).withClickId("clk_1"));
    }
}
