package io.example.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.checkout.SessionCreateParams;
import io.reftrail.Reftrail;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.model.Attribution;
import io.reftrail.payments.CheckoutCustomizer;
import io.reftrail.payments.StripePayments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The code of docs/payments.md. */
class PaymentsPageCodeTests {

    @Test
    void checkoutsCarryWhoPays() {
        try (Reftrail reftrail =
                Reftrail.builder().backend(DubBackend.of("dub_key")).build()) {
            SubscriptionCheckout checkout = new SubscriptionCheckout(new CheckoutCustomizer(reftrail));

            SessionCreateParams session = checkout.session("7", "price_1");
            assertThat(session.getMetadata()).isEqualTo(Map.of("reftrail_customer", "7"));
            assertThat(checkout.paymentLink("7")).endsWith("?client_reference_id=7");
            assertThat(checkout.paddleTransaction("7", "pri_1"))
                    .containsEntry("custom_data", Map.of("reftrail_customer", "7"));
            List<Attribution> clicks = List.of(new Attribution("dub", "click_1", Instant.EPOCH));
            assertThat(checkout.sessionOfAGuest(clicks, "price_1").getMetadata())
                    .containsOnlyKeys("reftrail_click_dub");

            StripePayments stripe = new StripePayments(reftrail, StripePayments.Settings.of("whsec_x"));
            Assertions.assertThatThrownBy(() -> new OwnWebhook(stripe).handle("{}", "t=1,v1=0"))
                    .hasMessageContaining("forged");
        }
    }
}
