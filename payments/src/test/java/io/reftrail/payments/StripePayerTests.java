package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has paid. */
class StripePayerTests {

    private static final Map<String, String> ANNA = Map.of("reftrail_customer", "anna");
    private static final Map<String, String> NONE = Map.of();

    private final Shop shop = new Shop().signUp("anna").signUp("bert");
    private final StripeAccount stripe = StripeAccount.of("A", Shop.NOW.minusSeconds(600));

    @AfterEach
    void close() {
        shop.close();
    }

    private String invoice(Map<String, String> metadata) {
        return stripe.invoice("in_1", "subscription_create", 10000, 10000, 0, "eur", metadata);
    }

    @Test
    void isNamedByTheMetadataOfTheSubscription() {
        shop.accept(invoice(ANNA));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void isNamedByTheMetadataOfTheSession() {
        shop.accept(invoice(NONE));
        assertThat(shop.decisions()).startsWith("unknown-customer");
        shop.accept(stripe.subscribed(ANNA));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void isNamedByTheClientReference() {
        shop.accept(stripe.checkout(
                "checkout.session.completed", "paid", 10000, 0, "eur", "\"client_reference_id\": \"anna\""));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** Some vendors put their click into the reference. */
    @Test
    void isNamedByTheMetadataRatherThanByTheClientReference() {
        shop.accept(stripe.checkout(
                "checkout.session.completed",
                "paid",
                10000,
                0,
                "eur",
                "\"client_reference_id\": \"click_1\", \"metadata\": {\"reftrail_customer\": \"anna\"}"));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void isNamedByTheMetadataOfTheCustomer() {
        shop.accept(stripe.event(
                "customer.created", "{\"id\": \"cus_A\", \"metadata\": {\"reftrail_customer\": \"anna\"}}"));
        shop.accept(invoice(NONE));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void isRememberedByTheCustomerOfTheProvider() {
        shop.accept(stripe.subscribed(ANNA));
        shop.accept(stripe.after(60).invoice("in_9", "manual", 10000, 10000, 0, "eur", NONE));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** A company's Stripe customer may pay for several accounts. */
    @Test
    void isNamedByThePaymentRatherThanByTheCustomerOfTheProvider() {
        shop.accept(stripe.subscribed(ANNA));
        shop.accept(stripe.after(60)
                .invoice("in_9", "manual", 10000, 10000, 0, "eur", Map.of("reftrail_customer", "bert")));
        assertThat(shop.money("bert")).isEqualTo(10000);
        assertThat(shop.money("anna")).isZero();
    }

    @Test
    void isNotNamedByTheAddressUnlessTheShopSaysSo() {
        shop.signUp("guest@example.com");
        shop.accept(stripe.checkout("checkout.session.completed", "paid", 10000, 0, "eur", "\"metadata\": {}"));
        assertThat(shop.money("guest@example.com")).isZero();

        StripePayments.Settings byEmail = new StripePayments.Settings(
                List.of(StripeAccount.SECRET), false, PaymentAmount.NET, true, StripePayments.DEFAULT_TOLERANCE);
        try (Shop other = new Shop(new InMemoryOutbox(), UnitOfWork.NONE, byEmail)) {
            other.signUp("guest@example.com")
                    .accept(stripe.checkout("checkout.session.completed", "paid", 10000, 0, "eur", "\"metadata\": {}"));
            assertThat(other.money("guest@example.com")).isEqualTo(10000);
        }
    }

    @Test
    void aGuestIsALeadAndASaleByTheClickThatTheCheckoutCarries() {
        Map<String, String> click = CarriedClicks.write(
                List.of(new Attribution("affonso", "click_7", Shop.NOW.minusSeconds(1200)).with("code", "nora")));
        shop.accept(stripe.subscribed(click));
        shop.accept(invoice(NONE));
        shop.accept(stripe.after(60).invoice("in_2", "subscription_cycle", 10000, 10000, 0, "eur", NONE));

        assertThat(shop.leads())
                .filteredOn(lead -> lead.customerId().equals("cus_A"))
                .singleElement()
                .satisfies(lead -> {
                    assertThat(lead.attribution().clickId()).isEqualTo("click_7");
                    assertThat(lead.attribution().detail("code")).isEqualTo("nora");
                });
        assertThat(shop.money("cus_A")).isEqualTo(20000);
        assertThat(shop.sales())
                .allSatisfy(sale -> assertThat(sale.attribution().clickId()).isEqualTo("click_7"));
    }

    @Test
    void aClickOfABackendThatIsGoneDoesNotHoldUpTheWebhook() {
        Map<String, String> click =
                CarriedClicks.write(List.of(new Attribution("gone", "click_7", Shop.NOW.minusSeconds(1200))));
        shop.accept(stripe.subscribed(click));
        shop.accept(invoice(NONE));
        assertThat(shop.sales()).isEmpty();
    }

    @Test
    void aForgottenCustomerLeavesNothing() {
        shop.accept(stripe.subscribed(ANNA));
        shop.accept(invoice(ANNA));
        assertThat(shop.reftrail.forget("anna")).isGreaterThan(3);

        shop.accept(stripe.after(60).invoice("in_2", "subscription_cycle", 10000, 10000, 0, "eur", NONE));
        assertThat(shop.decisions()).startsWith("unknown-customer");
    }
}
