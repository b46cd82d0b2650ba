package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.net.Webhook;
import io.reftrail.PaymentReason;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what Stripe has sent lately changes anything. */
class StripeWebhookTests {

    private final Shop shop = new Shop().signUp("anna");
    private final String invoice = StripeAccount.of("A", Shop.NOW)
            .invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", Map.of("reftrail_customer", "anna"));

    @AfterEach
    void close() {
        shop.close();
    }

    private void isRefused(String payload, String header, PaymentReason reason) {
        assertThatExceptionOfType(WebhookRefusedException.class)
                .isThrownBy(() -> shop.stripe.accept(payload, header))
                .extracting(WebhookRefusedException::reason)
                .isEqualTo(reason);
        assertThat(shop.sales()).isEmpty();
        assertThat(shop.decisions()).startsWith(reason.text());
    }

    /** stripe-java itself accepts what we accept. */
    @Test
    void stripesOwnSignatureIsAccepted() throws Exception {
        String header = StripeAccount.sign(invoice, StripeAccount.SECRET, Instant.now());
        assertThat(Webhook.constructEvent(invoice, header, StripeAccount.SECRET).getType())
                .isEqualTo("invoice.paid");
        assertThat(shop.accept(invoice)).isEqualTo(PaymentReason.RECORDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=1,v1=00",
                "v1=00",
                "t=2000000000",
                "t=abc,v1=00",
                "t=99999999999999999999,v1=00",
                "nonsense",
                "t==,v1==",
                ",,,,"
            })
    void aForgedSignatureIsRefused(String header) {
        isRefused(invoice, header, PaymentReason.FORGED);
    }

    @Test
    void anotherSecretsSignatureIsRefused() {
        isRefused(invoice, StripeAccount.sign(invoice, "whsec_other", Shop.NOW), PaymentReason.FORGED);
    }

    /** The scheme v0 is for tests of Stripe's; a downgrade must not work. */
    @Test
    void anotherSchemesSignatureIsRefused() {
        String header =
                StripeAccount.sign(invoice, StripeAccount.SECRET, Shop.NOW).replace("v1=", "v0=");
        isRefused(invoice, header, PaymentReason.FORGED);
    }

    @Test
    void aChangedAmountIsRefused() {
        String header = StripeAccount.sign(invoice, StripeAccount.SECRET, Shop.NOW);
        isRefused(invoice.replace("11900", "99900"), header, PaymentReason.FORGED);
    }

    @Test
    void aTruncatedBodyIsRefused() {
        String header = StripeAccount.sign(invoice, StripeAccount.SECRET, Shop.NOW);
        isRefused(invoice.substring(0, invoice.length() / 2), header, PaymentReason.FORGED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 86_400})
    void aSignatureOfAnotherTimeIsRefused(long seconds) {
        isRefused(
                invoice,
                StripeAccount.sign(invoice, StripeAccount.SECRET, Shop.NOW.minusSeconds(seconds)),
                PaymentReason.STALE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, 299})
    void aSignatureWithinTheToleranceIsAccepted(long seconds) {
        assertThat(shop.stripe.accept(
                        invoice, StripeAccount.sign(invoice, StripeAccount.SECRET, Shop.NOW.minusSeconds(seconds))))
                .isEqualTo(PaymentReason.RECORDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "\"event\"", "{\"object\": \"event\"} trailing"})
    void aSignedBodyThatIsNoEventIsRefused(String body) {
        isRefused(body, StripeAccount.sign(body, StripeAccount.SECRET, Shop.NOW), PaymentReason.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"object\": \"event\", \"data\": 5}", "{\"object\": \"v2.core.event\"}"})
    void aSignedBodyOfAnotherKindChangesNothing(String body) {
        assertThat(shop.accept(body)).isEqualTo(PaymentReason.NOT_A_PAYMENT);
    }

    @Test
    void anUnknownCurrencyIsRefused() {
        String odd = invoice.replace("\"eur\"", "\"doubloon\"");
        isRefused(odd, StripeAccount.sign(odd, StripeAccount.SECRET, Shop.NOW), PaymentReason.UNREADABLE);
    }

    @Test
    void liveAndTestModeAreNeverMixed() {
        String live = invoice.replace("\"livemode\": false,\n \"pending", "\"livemode\": true,\n \"pending");
        assertThat(live).isNotEqualTo(invoice);
        assertThat(shop.accept(live)).isEqualTo(PaymentReason.OTHER_MODE);
        assertThat(shop.sales()).isEmpty();

        try (Shop production =
                new Shop(new InMemoryOutbox(), UnitOfWork.NONE, StripePayments.Settings.of(StripeAccount.SECRET))) {
            production.signUp("anna");
            assertThat(production.accept(invoice)).isEqualTo(PaymentReason.OTHER_MODE);
            assertThat(production.accept(live)).isEqualTo(PaymentReason.RECORDED);
            assertThat(production.sales()).hasSize(1);
        }
    }

    @Test
    void eitherSecretIsAcceptedDuringARotation() {
        StripePayments.Settings both = new StripePayments.Settings(
                List.of("whsec_new", StripeAccount.SECRET), false, PaymentAmount.NET, false, Duration.ofMinutes(5));
        try (Shop rotating = new Shop(new InMemoryOutbox(), UnitOfWork.NONE, both)) {
            assertThat(rotating.accept(invoice)).isEqualTo(PaymentReason.RECORDED);
            assertThat(rotating.stripe.accept(invoice, StripeAccount.sign(invoice, "whsec_new", Shop.NOW)))
                    .isEqualTo(PaymentReason.REPEATED);
        }
    }

    @Test
    void withoutASecretThereIsNoWebhook() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> StripePayments.Settings.of())
                .withMessageContaining("webhook-secret");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> StripePayments.Settings.of(" "))
                .withMessageContaining("webhook-secret");
    }

    @Test
    void noSecretAndNobodyIsShown() {
        assertThat(Shop.settings().toString()).doesNotContain("whsec");
        assertThat(new WebhookSignature(List.of("whsec_x"), Duration.ofMinutes(5)).toString())
                .doesNotContain("whsec");
        assertThat(new PaymentFact.CustomerNamed("cus_1", PaymentFact.Naming.EMAIL, "anna@example.com").toString())
                .doesNotContain("anna");
        assertThat(new PaymentProvider.Delivery(Shop.NOW, List.of(), "anna@example.com", PaymentReason.RECORDED)
                        .toString())
                .doesNotContain("anna");
    }
}
