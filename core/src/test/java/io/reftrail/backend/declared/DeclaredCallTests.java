package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of the five vendors that come as declarations, as a whole, by their contracts' section 3. */
class DeclaredCallTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Map<String, String> JSON_KEY = Map.of("Authorization", "Bearer k1");

    private static TrackingBackend backend(String name, Map<String, String> settings) {
        return BackendDeclaration.shipped(name).backend(settings);
    }

    private static Attribution attribution(String backend) {
        return new Attribution(backend, "click-1", NOW);
    }

    private static Lead lead(Attribution attribution) {
        return Lead.of(
                attribution, Customer.of("u-1").withEmail("kim@example.org").withName("Kim"), "Sign Up", NOW);
    }

    private static Sale sale(Attribution attribution, String amount, String currency) {
        return Sale.of(
                attribution,
                Payment.of("u-1", "inv-1", Money.of(new BigDecimal(amount), currency))
                        .forSubscription("sub-1", Payment.Interval.MONTH),
                "Sign Up",
                NOW);
    }

    private static Refund refund(Attribution attribution, @Nullable Money amount) {
        return Refund.of(attribution, "u-1", "inv-1", "ref-1", amount, null, NOW);
    }

    private static Click click(String backend, Map<String, String> parameters) {
        return new Click(
                new Attribution(backend, null, NOW, "key-1", Map.of()),
                "nora",
                "https://shop.example/pricing?ref=nora",
                "https://blog.example/",
                "Browser/1",
                "203.0.113.7",
                parameters,
                NOW);
    }

    private static void isNotSent(TrackingBackend backend, Event event, String reason) {
        Outcome outcome = backend.outcomeWithoutCall(event);
        assertThat(outcome).isNotNull();
        assertThat(outcome.verdict()).isEqualTo(Verdict.IGNORED);
        assertThat(outcome.reason()).contains(reason);
    }

    @Test
    void firstPromoter() {
        TrackingBackend backend = backend("firstpromoter", Map.of("api-key", "k1", "account-id", "acc-1"));
        Map<String, String> headers = Map.of("Authorization", "Bearer k1", "Account-ID", "acc-1");
        String url = "https://api.firstpromoter.com/api/v2/track";
        assertThat(backend.call(lead(attribution("firstpromoter"))))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create(url + "/signup"),
                        headers,
                        "{\"email\":\"kim@example.org\",\"uid\":\"u-1\",\"ref_id\":\"click-1\","
                                + "\"created_at\":\"2026-03-01T10:00:00.000Z\"}"));
        assertThat(backend.call(lead(attribution("firstpromoter").with(Attribution.COOKIE, "_fprom_tid")))
                        .body())
                .contains("\"tid\":\"click-1\"")
                .doesNotContain("ref_id");
        assertThat(backend.call(lead(attribution("firstpromoter").with(Attribution.COOKIE, "_fprom_track")))
                        .body())
                .contains("\"tid\":\"click-1\"")
                .doesNotContain("ref_id");
        assertThat(backend.call(sale(attribution("firstpromoter"), "29.00", "EUR")))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create(url + "/sale"),
                        headers,
                        "{\"uid\":\"u-1\",\"event_id\":\"inv-1\",\"amount\":2900,\"currency\":\"EUR\"}"));
        assertThat(backend.call(sale(attribution("firstpromoter"), "2900", "JPY"))
                        .body())
                .contains("\"amount\":2900,\"currency\":\"JPY\"");
        assertThat(backend.call(sale(attribution("firstpromoter"), "2.900", "KWD"))
                        .body())
                .contains("\"amount\":290,\"currency\":\"KWD\"");
        isNotSent(backend, sale(attribution("firstpromoter"), "0", "EUR"), "nothing was paid");
        Refund whole = refund(attribution("firstpromoter").with("paid", "2900"), null);
        assertThat(backend.call(whole))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create(url + "/refund"),
                        headers,
                        "{\"uid\":\"u-1\",\"event_id\":\"ref-1\",\"sale_event_id\":\"inv-1\",\"amount\":\"2900\"}"));
        isNotSent(backend, refund(attribution("firstpromoter"), null), "amount is not known");
        SubscriptionChange ended = SubscriptionChange.of(
                attribution("firstpromoter"), SubscriptionChange.Kind.ENDED, "u-1", "sub-1", "Sign Up", NOW);
        assertThat(backend.call(ended))
                .isEqualTo(new HttpCall("POST", URI.create(url + "/cancellation"), headers, "{\"uid\":\"u-1\"}"));
        assertThat(backend.reports()).doesNotContain(Event.Type.TRIAL);
        assertThat(backend.captureRules())
                .extracting(CaptureRule::cookie)
                .containsExactly("_fprom_ref", "_fprom_tid", "_fprom_track");
    }

    @Test
    void tolt() {
        TrackingBackend backend = backend("tolt", Map.of("api-key", "k1", "currency", "eur", "link-parameter", "via"));
        assertThat(backend.call(click("tolt", Map.of())))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.tolt.com/v2/clicks"),
                        JSON_KEY,
                        "{\"param\":\"via\",\"value\":\"nora\",\"page\":\"https://shop.example/pricing?ref=nora\","
                                + "\"referrer\":\"https://blog.example/\"}"));
        Attribution clicked = attribution("tolt").with("partner", "part_1");
        assertThat(backend.call(lead(clicked)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.tolt.com/v2/customers"),
                        JSON_KEY,
                        "{\"email\":\"kim@example.org\",\"customer_id\":\"u-1\",\"name\":\"Kim\","
                                + "\"partner_id\":\"part_1\",\"click_id\":\"click-1\"}"));
        isNotSent(backend, lead(attribution("tolt")), "partner is not known");
        Attribution customer = clicked.with("customer", "cus_1");
        assertThat(backend.call(sale(customer, "29.00", "EUR")).body())
                .isEqualTo("{\"customer_id\":\"cus_1\",\"amount\":2900,\"charge_id\":\"inv-1\","
                        + "\"billing_type\":\"subscription\",\"interval\":\"month\",\"source\":\"api\"}");
        isNotSent(backend, sale(customer, "29.00", "USD"), "another currency");
        isNotSent(backend, sale(clicked, "29.00", "EUR"), "customer's id at Tolt is not known");
        Attribution sold = customer.with("transaction", "txn_1").with("charged", "2900");
        for (Money amount : new Money[] {null, Money.of(new BigDecimal("29.00"), "EUR")}) {
            assertThat(backend.outcomeWithoutCall(refund(sold, amount))).isNull();
            assertThat(backend.call(refund(sold, amount)))
                    .isEqualTo(new HttpCall(
                            "POST", URI.create("https://api.tolt.com/v2/transactions/txn_1/refund"), JSON_KEY, ""));
        }
        isNotSent(backend, refund(sold, Money.of(BigDecimal.ONE, "EUR")), "whole transactions only");
        isNotSent(backend, refund(customer, null), "transaction's id at Tolt is not known");
        assertThat(backend.checkoutMetadata(clicked, "u-1").clientReferenceId()).isNull();
        TrackingBackend checkout = backend("tolt", Map.of("api-key", "k1", "currency", "EUR", "sales", "checkout"));
        assertThat(checkout.checkoutMetadata(clicked, "u-1").clientReferenceId())
                .isEqualTo("click-1");
        assertThat(checkout.reports()).containsExactlyInAnyOrder(Event.Type.CLICK, Event.Type.LEAD);
    }

    @Test
    void rewardful() {
        TrackingBackend backend = backend("rewardful", Map.of("api-key", "k1"));
        Map<String, String> basic = Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString("k1:".getBytes(StandardCharsets.UTF_8)));
        assertThat(backend.call(lead(attribution("rewardful"))))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.getrewardful.com/v1/referrals/click-1/lead"),
                        basic,
                        "became_lead_at=2026-03-01T10%3A00%3A00.000Z&customer_name=Kim"
                                + "&customer_email=kim%40example.org",
                        HttpCall.FORM));
        assertThat(backend.call(sale(attribution("rewardful"), "29.00", "USD")).body())
                .isEqualTo("external_id=inv-1&referral_id=click-1&currency=USD&charged_at=2026-03-01T10%3A00%3A00.000Z"
                        + "&invoiced_at=2026-03-01T10%3A00%3A00.000Z&charge_amount_cents=2900&refund_amount_cents=0"
                        + "&tax_amount_cents=0");
        assertThat(backend.isRepeatable(sale(attribution("rewardful"), "29.00", "USD")))
                .isFalse();
        assertThat(backend.isRepeatable(lead(attribution("rewardful")))).isTrue();
        Attribution sold = attribution("rewardful")
                .with("sale", "s/1")
                .with("charged", "2900")
                .with("currency", "USD")
                .with("charged-at", "2026-03-01T10:00:00.000Z")
                .with("invoiced-at", "2026-03-01T10:00:00.000Z")
                .with("invoice", "inv-1");
        HttpCall part = backend.call(refund(sold, Money.of(new BigDecimal("4.50"), "USD")));
        assertThat(part.method()).isEqualTo("PUT");
        assertThat(part.uri()).hasToString("https://api.getrewardful.com/v1/sales/s%2F1");
        assertThat(part.body()).contains("charge_amount_cents=2900&refund_amount_cents=450");
        assertThat(backend.call(refund(sold, null)).body()).contains("refund_amount_cents=2900");
        assertThat(backend.replacesRefunds()).isTrue();
        Refund second = refund(sold, Money.of(new BigDecimal("4.50"), "USD"))
                .withTotal(Money.of(new BigDecimal("9.00"), "USD"));
        assertThat(backend.call(second).body()).contains("refund_amount_cents=900");
        Refund takenBack = refund(sold, Money.of(BigDecimal.ZERO, "USD")).withTotal(Money.of(BigDecimal.ZERO, "USD"));
        assertThat(backend.outcomeWithoutCall(takenBack)).isNull();
        assertThat(backend.call(takenBack).body()).contains("refund_amount_cents=0");
        isNotSent(backend, refund(attribution("rewardful"), null), "sale's id at Rewardful is not known");
    }

    @Test
    void tapfiliate() {
        TrackingBackend backend = backend("tapfiliate", Map.of("api-key", "k1", "currency", "EUR"));
        Map<String, String> key = Map.of("X-Api-Key", "k1");
        assertThat(backend.call(click("tapfiliate", Map.of())))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.tapfiliate.com/1.6/clicks/"),
                        key,
                        "{\"referral_code\":\"nora\",\"landing_page\":\"https://shop.example/pricing?ref=nora\","
                                + "\"referrer\":\"https://blog.example/\",\"user_agent\":\"Browser/1\"}"));
        assertThat(backend.call(lead(attribution("tapfiliate")).withMetadata(Map.of("plan", "pro")))
                        .body())
                .isEqualTo("{\"customer_id\":\"u-1\",\"click_id\":\"click-1\",\"meta_data\":{\"plan\":\"pro\"}}");
        assertThat(backend.call(sale(attribution("tapfiliate"), "29.00", "EUR")).body())
                .isEqualTo("{\"external_id\":\"inv-1\",\"amount\":29.00,\"customer_id\":\"u-1\","
                        + "\"click_id\":\"click-1\"}");
        assertThat(backend("tapfiliate", Map.of("api-key", "k1", "currency", "EUR", "program-id", "p1"))
                        .call(sale(attribution("tapfiliate"), "29.00", "EUR"))
                        .body())
                .contains("\"program_id\":\"p1\"");
        assertThat(backend.isRepeatable(sale(attribution("tapfiliate"), "29.00", "EUR")))
                .isFalse();
        assertThat(backend.reports()).doesNotContain(Event.Type.REFUND);
        assertThat(backend.captureRules().get(0).window()).isEqualTo(Duration.ofDays(45));
        Click click = backend.redact(click("tapfiliate", Map.of()));
        assertThat(click.ipAddress()).isNull();
        assertThat(click.userAgent()).isEqualTo("Browser/1");
    }

    @Test
    void everflow() {
        Map<String, String> settings = Map.of(
                "network-id", "n 1", "sale-event-id", "7", "currency", "USD", "base-url", "https://trk.example/");
        TrackingBackend backend = backend("everflow", settings);
        assertThat(backend.call(click("everflow", Map.of("oid", "12", "sub1", "a&b"))))
                .isEqualTo(new HttpCall(
                        "GET", URI.create("https://trk.example/clk?oid=12&affid=nora&sub1=a%26b"), Map.of(), ""));
        isNotSent(backend, click("everflow", Map.of()), "names no offer");
        assertThat(backend.call(lead(attribution("everflow"))).uri())
                .hasToString("https://trk.example/?nid=n%201&transaction_id=click-1&adv1=u-1");
        assertThat(backend.call(sale(attribution("everflow"), "29.00", "USD")).uri())
                .hasToString("https://trk.example/?nid=n%201&transaction_id=click-1&event_id=7&amount=29.00"
                        + "&order_id=inv-1&adv1=u-1");
        isNotSent(backend, sale(attribution("everflow"), "29.00", "EUR"), "another currency");
        Map<String, String> more = new java.util.TreeMap<>(settings);
        more.put("verification-token", "t0k3n");
        more.put("offer-id", "99");
        TrackingBackend verified = backend("everflow", more);
        HttpCall lead = verified.call(lead(attribution("everflow")));
        assertThat(lead.uri().getRawQuery()).endsWith("&verification_token=t0k3n");
        assertThat(lead.toString()).doesNotContain("t0k3n").doesNotContain("click-1");
        assertThat(verified.call(click("everflow", Map.of())).uri())
                .hasToString("https://trk.example/clk?oid=99&affid=nora");
    }

    @Test
    void theProgramPrintsTheCallsOfAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("acme.json");
        try (InputStream shipped = BackendDeclaration.class.getResourceAsStream("tolt.json")) {
            Files.copy(shipped, file);
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            DeclaredCalls.main(new String[] {file.toString(), "currency=EUR", "link-parameter=partner"});
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("tolt: partner -> cookie tolt_click for 30 days (a partner's code)")
                .contains("POST https://api.tolt.com/v2/clicks", "Authorization: ***")
                .contains("\"amount\":2900", "409 {\"code\":\"already_exists\"} -> duplicate");
    }

    @Test
    void theCallsArePrintedWithoutASecret() {
        for (String name : BackendDeclaration.shipped()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DeclaredCalls.print(
                    BackendDeclaration.shipped(name),
                    name.equals("everflow")
                            ? Map.of("verification-token", "s3cr+3t/x")
                            : Map.of("api-key", "s3cr+3t/x"),
                    new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .doesNotContain("s3cr", "3t")
                    .contains("lead (", "sale (", "-> recorded")
                    .doesNotContain(Base64.getEncoder().encodeToString("s3cr+3t/x:".getBytes(StandardCharsets.UTF_8)));
        }
    }
}
