package io.reftrail.payments;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.PaymentReason;
import io.reftrail.model.Attribution;
import io.reftrail.model.Payment;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paddle Billing's events, in the shape of its documentation, and its signature. */
class PaddlePaymentTests {

    private static final String SECRET = "pdl_ntfset_of_the_tests";

    private final Shop shop = new Shop().signUp("anna");
    private final PaddlePayments paddle = new PaddlePayments(
            shop.reftrail, PaddlePayments.Settings.of(SECRET), Clock.fixed(Shop.NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        shop.close();
    }

    private static String sign(String payload, Instant at) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal((at.getEpochSecond() + ":" + payload).getBytes(StandardCharsets.UTF_8));
        return "ts=" + at.getEpochSecond() + ";h1=" + HexFormat.of().formatHex(signed);
    }

    private PaymentReason accept(String payload) throws Exception {
        return paddle.accept(payload, sign(payload, Shop.NOW));
    }

    private static String event(String type, long minute, String data) {
        return """
                {"event_id": "evt_%s", "event_type": "%s", "occurred_at": "%s", "notification_id": "ntf_1", "data": %s}""".formatted(type.replace('.', '_'), type, Shop.NOW.plusSeconds(60 * minute), data);
    }

    private static String transaction(
            String id, String origin, long minute, long paid, long total, long tax, String custom) {
        return event("transaction.completed", minute, """
                {"id": "%s", "status": "completed", "customer_id": "ctm_1", "subscription_id": "sub_1", "origin": "%s",
                 "currency_code": "EUR", "collection_mode": "automatic", "custom_data": %s,
                 "billing_period": {"starts_at": "2026-11-20T09:00:00.000000Z", "ends_at": "2026-12-20T09:00:00.000000Z"},
                 "items": [{"quantity": 1, "price": {"id": "pri_1", "product_id": "pro_1"}}],
                 "details": {"totals": {"subtotal": "%d", "discount": "0", "tax": "%d", "total": "%d", "credit": "%d",
                   "balance": "0", "grand_total": "%d", "fee": "500", "earnings": "1", "currency_code": "EUR"}}}""".formatted(
                        id, origin, custom, total - tax, tax, total, total - paid, paid));
    }

    private static String adjustment(String type, String id, long minute, String action, String status, long total) {
        return event(type, minute, """
                {"id": "%s", "action": "%s", "type": "partial", "transaction_id": "txn_1", "subscription_id": "sub_1",
                 "customer_id": "ctm_1", "reason": "asked", "currency_code": "EUR", "status": "%s",
                 "totals": {"subtotal": "1", "tax": "1", "total": "%d", "currency_code": "EUR"}}""".formatted(id, action, status, total));
    }

    private static final String ANNA = "{\"reftrail_customer\": \"anna\", \"own\": {\"nested\": true}}";

    @Test
    void aTransactionIsASaleWithoutTax() throws Exception {
        assertThat(accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA)))
                .isEqualTo(PaymentReason.RECORDED);

        assertThat(shop.sales()).singleElement().satisfies(sale -> {
            Payment payment = sale.payment();
            assertThat(payment.invoiceId()).isEqualTo("txn_1");
            assertThat(payment.amount().amount()).isEqualByComparingTo("100.00");
            assertThat(payment.subscriptionId()).isEqualTo("sub_1");
            assertThat(payment.interval()).isEqualTo(Payment.Interval.MONTH);
            assertThat(payment.productId()).isEqualTo("pro_1");
            assertThat(payment.processor()).isEqualTo("paddle");
            assertThat(payment.renewal()).isFalse();
        });
        accept(transaction("txn_2", "subscription_recurring", 60, 11900, 11900, 1900, "null"));
        assertThat(shop.sales().get(1).payment().renewal()).isTrue();
        assertThat(shop.money("anna")).isEqualTo(20000);
    }

    @Test
    void whatACreditCoversIsNoPartOfTheSale() throws Exception {
        accept(transaction("txn_1", "web", 0, 5950, 11900, 1900, ANNA));
        assertThat(shop.money("anna")).isEqualTo(5000);
    }

    /** Paddle writes amounts in the currency's own smallest unit. */
    @ParameterizedTest
    @CsvSource({"EUR, 100.00", "JPY, 10000", "KRW, 10000", "HUF, 100.00"})
    void theAmountIsInItsCurrency(String currency, String amount) throws Exception {
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA).replace("EUR", currency));

        assertThat(shop.sales())
                .singleElement()
                .satisfies(sale -> assertThat(sale.payment().amount().amount()).isEqualTo(amount));
    }

    /** An item without a product of the catalog, and a discount, which is no part of the grand total. */
    @Test
    void whatIsNotInTheCatalogIsASaleWithoutAProduct() throws Exception {
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA)
                .replace("\"product_id\": \"pro_1\"", "\"product_id\": null")
                .replace("\"discount\": \"0\"", "\"discount\": \"2000\""));

        assertThat(shop.sales())
                .singleElement()
                .satisfies(sale -> assertThat(sale.payment().productId()).isNull());
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** Paddle copies a transaction's data to its subscription, and renewals have none of their own. */
    @Test
    void theSubscriptionsDataNamesTheCustomerOfARenewal() throws Exception {
        accept(transaction("txn_2", "subscription_recurring", 60, 11900, 11900, 1900, "null"));
        assertThat(shop.sales()).isEmpty();

        accept(event("subscription.created", 0, """
                {"id": "sub_1", "status": "active", "customer_id": "ctm_1", "custom_data": %s}""".formatted(ANNA)));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** A transaction that is paid is completed a moment later, and only then has its subscription. */
    @Test
    void aTransactionCountsWhenItIsCompleted() throws Exception {
        String completed = transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA);
        accept(completed.replace("transaction.completed", "transaction.paid").replace("\"sub_1\"", "null"));
        assertThat(shop.sales()).isEmpty();

        accept(completed);
        assertThat(shop.sales())
                .singleElement()
                .satisfies(sale -> assertThat(sale.payment().subscriptionId()).isEqualTo("sub_1"));
    }

    @Test
    void aTrialIsNoSale() throws Exception {
        accept(transaction("txn_1", "web", 0, 0, 0, 0, ANNA));
        assertThat(shop.sales()).isEmpty();
        assertThat(shop.decisions()).startsWith("no-amount");
    }

    @Test
    void theBeginningOfATrialIsReportedOnce() throws Exception {
        for (String type : List.of("subscription.created", "subscription.trialing", "subscription.created")) {
            accept(event(type, 0, """
                    {"id": "sub_1", "status": "trialing", "customer_id": "ctm_1", "custom_data": %s}""".formatted(ANNA)));
        }
        accept(transaction("txn_1", "web", 0, 0, 0, 0, ANNA));

        assertThat(shop.changes()).singleElement().satisfies(change -> assertThat(change.subscriptionId())
                .isEqualTo("sub_1"));
        assertThat(shop.sales()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "refund, approved, 5000",
        "refund, pending_approval, 10000",
        "refund, rejected, 10000",
        "credit, approved, 10000",
        "chargeback, approved, 5000",
        "chargeback_warning, approved, 10000",
    })
    void anAdjustmentCountsIfMoneyWasGivenBack(String action, String status, long left) throws Exception {
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA));
        accept(adjustment("adjustment.created", "adj_1", 9, action, status, 5950));
        assertThat(shop.money("anna")).isEqualTo(left);
    }

    @Test
    void aRefundCountsWhenPaddleHasApprovedIt() throws Exception {
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA));
        accept(adjustment("adjustment.created", "adj_1", 9, "refund", "pending_approval", 5950));
        accept(adjustment("adjustment.updated", "adj_1", 20, "refund", "approved", 5950));
        assertThat(shop.money("anna")).isEqualTo(5000);
    }

    @Test
    void aChargebackThatIsReversedBeforeThePaymentIsKnownTakesNothing() throws Exception {
        accept(adjustment("adjustment.created", "adj_1", 9, "chargeback", "approved", 11900));
        accept(adjustment("adjustment.created", "adj_2", 20, "chargeback_reverse", "approved", 11900));
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void aRefundThatPaddleRejectsIsNone() throws Exception {
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA));
        accept(adjustment("adjustment.created", "adj_1", 9, "refund", "pending_approval", 5950));
        accept(adjustment("adjustment.updated", "adj_1", 20, "refund", "rejected", 5950));
        assertThat(shop.refunds()).isEmpty();
    }

    @Test
    void theEndOfASubscriptionIsReported() throws Exception {
        try (Shop other = Shop.withFirstPromoter().signUp("anna")) {
            PaddlePayments payments = new PaddlePayments(
                    other.reftrail, PaddlePayments.Settings.of(SECRET), Clock.fixed(Shop.NOW, ZoneOffset.UTC));
            for (String one : List.of(
                    event("subscription.canceled", 99, "{\"id\": \"sub_1\", \"customer_id\": \"ctm_1\"}"),
                    transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA),
                    event("subscription.canceled", 99, "{\"id\": \"sub_1\", \"customer_id\": \"ctm_1\"}"))) {
                payments.accept(one, sign(one, Shop.NOW));
            }

            assertThat(other.changes()).singleElement().satisfies(change -> {
                assertThat(change.subscriptionId()).isEqualTo("sub_1");
                assertThat(change.follows()).endsWith("sale\ntxn_1");
            });
        }
    }

    @Test
    void anyOrderEndsAlike() throws Exception {
        List<String> events = List.of(
                event("subscription.created", 0, """
                        {"id": "sub_1", "status": "active", "customer_id": "ctm_1", "custom_data": %s}""".formatted(ANNA)),
                transaction("txn_1", "web", 0, 11900, 11900, 1900, "null"),
                transaction("txn_2", "subscription_recurring", 60, 11900, 11900, 1900, "null"),
                adjustment("adjustment.created", "adj_1", 9, "refund", "pending_approval", 5950),
                adjustment("adjustment.updated", "adj_1", 20, "refund", "approved", 5950),
                event("subscription.canceled", 99, "{\"id\": \"sub_1\", \"customer_id\": \"ctm_1\"}"));
        for (int seed = 0; seed < 40; seed++) {
            String suffix = "s" + seed;
            shop.signUp("anna" + suffix);
            List<String> shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(1, 5));
            Collections.shuffle(shuffled, new Random(seed));
            for (String one : shuffled) {
                accept(one.replaceAll("\"(txn|sub|ctm|adj)_(\\d)\"", "\"$1_$2" + suffix + "\"")
                        .replace("\"anna\"", "\"anna" + suffix + "\""));
            }
            assertThat(shop.money("anna" + suffix)).as("seed %d", seed).isEqualTo(15000);
        }
    }

    @Test
    void anAddressNamesTheCustomerOnlyIfTheShopSaysSo() throws Exception {
        String customer = event("customer.created", 0, "{\"id\": \"ctm_1\", \"email\": \"anna@example.com\"}");
        String payment = transaction("txn_1", "web", 0, 11900, 11900, 1900, "null");
        shop.signUp("anna@example.com");
        accept(customer);
        accept(payment);
        assertThat(shop.sales()).isEmpty();

        PaddlePayments byEmail = new PaddlePayments(
                shop.reftrail,
                new PaddlePayments.Settings(List.of(SECRET), PaymentAmount.NET, true, Duration.ofMinutes(5)),
                Clock.fixed(Shop.NOW, ZoneOffset.UTC));
        byEmail.accept(customer, sign(customer, Shop.NOW));
        assertThat(shop.money("anna@example.com")).isEqualTo(10000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ts=1;h1=00", "h1=00", "t=1,v1=00", "nonsense"})
    void aForgedSignatureIsRefused(String header) {
        assertThatExceptionOfType(WebhookRefusedException.class)
                .isThrownBy(() -> paddle.accept(transaction("txn_1", "web", 0, 1, 1, 0, ANNA), header))
                .extracting(WebhookRefusedException::reason)
                .isEqualTo(PaymentReason.FORGED);
    }

    /** Computed with another implementation: printf 'TIME:{}' | openssl dgst -sha256 -hmac SECRET. */
    @Test
    void theSignatureIsThatOfPaddlesDocumentation() {
        WebhookSignature signature = new WebhookSignature(List.of(SECRET), Duration.ofMinutes(5));
        signature.verify(
                "ts=1763629200;h1=b22f272ce83a0dbe4b46127c4914491ae905eb300239b59310c3823e5bc42a7c",
                ";",
                "ts",
                "h1",
                ":",
                "{}".getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(1763629200));
    }

    @Test
    void aStaleOrUnreadableEventIsRefused() throws Exception {
        String payment = transaction("txn_1", "web", 0, 11900, 11900, 1900, ANNA);
        String old = sign(payment, Shop.NOW.minusSeconds(301));
        assertThatExceptionOfType(WebhookRefusedException.class)
                .isThrownBy(() -> paddle.accept(payment, old))
                .extracting(WebhookRefusedException::reason)
                .isEqualTo(PaymentReason.STALE);
        for (String broken : List.of(
                "[]",
                payment.replace("EUR", "XX"),
                payment.replace("2026-11-20T09:00:00Z", "yesterday"),
                payment.replace("\"11900\"", "\"many\""))) {
            assertThatExceptionOfType(WebhookRefusedException.class)
                    .isThrownBy(() -> accept(broken))
                    .extracting(WebhookRefusedException::reason)
                    .isEqualTo(PaymentReason.UNREADABLE);
        }
        assertThat(accept(event("product.created", 0, "{\"id\": \"pro_1\"}"))).isEqualTo(PaymentReason.NOT_A_PAYMENT);
        assertThat(shop.sales()).isEmpty();
    }

    @Test
    void aDiscountOfAPartnerIsALead() throws Exception {
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, "{\"reftrail_customer\": \"cara\"}")
                .replace("\"origin\"", "\"discount_id\": \"dsc_nora\", \"origin\""));

        assertThat(shop.leads()).anyMatch(lead -> lead.customerId().equals("cara"));
        assertThat(shop.money("cara")).isEqualTo(10000);
    }

    @Test
    void aGuestIsALeadAndASaleByTheClickInTheCustomData() throws Exception {
        String click = requireNonNull(
                        CarriedClicks.write(List.of(new Attribution("affonso", "click_7", Shop.NOW.minusSeconds(1200))))
                                .get("reftrail_click_affonso"))
                .replace("\"", "\\\"");
        accept(transaction("txn_1", "web", 0, 11900, 11900, 1900, "{\"reftrail_click_affonso\": \"" + click + "\"}"));

        assertThat(shop.money("ctm_1")).isEqualTo(10000);
        assertThat(shop.leads()).anyMatch(lead -> lead.customerId().equals("ctm_1"));
    }
}
