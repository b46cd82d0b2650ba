package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.reftrail.Reftrail;
import io.reftrail.backend.SalesReporting;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a checkout carries comes back with the payment. */
class CheckoutCustomizerTests {

    private final Shop shop = new Shop().signUp("anna");
    private final CheckoutCustomizer checkouts = new CheckoutCustomizer(shop.reftrail);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aSessionOfStripeNamesTheCustomer() {
        SessionCreateParams session = checkouts
                .forCustomer("anna")
                .addTo(SessionCreateParams.builder().putMetadata("own", "1"))
                .setSubscriptionData(checkouts
                        .forCustomer("anna")
                        .addTo(SessionCreateParams.SubscriptionData.builder())
                        .build())
                .build();

        assertThat(session.getMetadata()).isEqualTo(Map.of("own", "1", "reftrail_customer", "anna"));
        assertThat(session.getSubscriptionData().getMetadata()).isEqualTo(Map.of("reftrail_customer", "anna"));
        assertThat(session.getClientReferenceId()).isNull();
    }

    @Test
    void aPaymentIntentNamesTheCustomer() {
        PaymentIntentCreateParams payment = checkouts
                .forCustomer("anna")
                .addTo(PaymentIntentCreateParams.builder().setAmount(100L).setCurrency("eur"))
                .build();
        assertThat(payment.getMetadata()).isEqualTo(Map.of("reftrail_customer", "anna"));
    }

    @Test
    void aTransactionOfPaddleNamesTheCustomer() {
        assertThat(checkouts.forCustomer("anna").customData()).isEqualTo(Map.of("reftrail_customer", "anna"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://buy.stripe.com/x, https://buy.stripe.com/x?client_reference_id=anna",
        "https://buy.stripe.com/x?locale=de, https://buy.stripe.com/x?locale=de&client_reference_id=anna",
        "https://shop.example/prices#pro, https://shop.example/prices?client_reference_id=anna#pro",
        "https://buy.stripe.com/x?client_reference_id=7, https://buy.stripe.com/x?client_reference_id=7",
    })
    void aPaymentLinkNamesTheCustomer(String link, String named) {
        assertThat(checkouts.forCustomer("anna").link(link)).isEqualTo(named);
    }

    /** Stripe drops such a reference without a word. */
    @Test
    void aLinkStaysAsItIsForAnIdThatStripeDoesNotAccept() {
        assertThat(checkouts.forCustomer("anna@example.com").link("https://buy.stripe.com/x"))
                .isEqualTo("https://buy.stripe.com/x");
    }

    @Test
    void theCheckoutOfAGuestCarriesTheClick() {
        Attribution click = new Attribution("affonso", "click_7", Shop.NOW);
        SessionCreateParams session = checkouts
                .forGuest(List.of(click))
                .addTo(SessionCreateParams.builder())
                .build();
        assertThat(CarriedClicks.read(session.getMetadata())).containsExactly(click);
        assertThat(checkouts.forGuest(List.of()).metadata()).isEmpty();
        assertThat(checkouts.forGuest(List.of(click)).link("https://buy.stripe.com/x"))
                .isEqualTo("https://buy.stripe.com/x");
        assertThat(checkouts.forGuest(List.of(click)).toString()).doesNotContain("click_7");
    }

    @Test
    void whatIsNotOursInTheMetadataIsNoClick() {
        assertThat(CarriedClicks.read(Map.of(
                        "reftrail_click_a", "nonsense",
                        "reftrail_click_b", "null",
                        "reftrail_click_c", "{}",
                        "reftrail_click_d", "{\"id\":\" \"}",
                        "other", "{\"id\":\"x\"}")))
                .isEmpty();
    }

    /** Then the webhook reports no sale, and the vendor finds what it looks for. */
    @Test
    void aVendorThatLearnsOfPaymentsFromStripeGetsItsOwnMetadataAlone() {
        try (Reftrail reftrail = Reftrail.builder()
                .backend(AffonsoBackend.builder("key", "program")
                        .sales(SalesReporting.CHECKOUT)
                        .build())
                .build()) {
            reftrail.lead(new Attribution("affonso", "click_7", Shop.NOW), Customer.of("anna"));
            CheckoutCustomizer.Carried carried = new CheckoutCustomizer(reftrail).forCustomer("anna");

            assertThat(carried.metadata()).isNotEmpty().doesNotContainKey("reftrail_customer");
            assertThat(reftrail.payments().reporting()).isEmpty();
            assertThat(reftrail.payments().notReporting()).containsExactly("affonso");
            assertThat(reftrail.payments().receivingTwice()).isEmpty();
        }
    }
}
