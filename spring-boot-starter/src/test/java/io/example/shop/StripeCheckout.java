package io.example.shop;

import io.reftrail.Reftrail;
import io.reftrail.backend.CheckoutMetadata;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of Stripe's {@code POST /v1/checkout/sessions} for a subscription. */
final class StripeCheckout {

    private final Reftrail reftrail;

    StripeCheckout(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    Map<String, String> session(String customerId, String price) {
        Map<String, String> session = new TreeMap<>(Map.of(
                "mode", "subscription",
                "success_url", "https://shop.example/thanks",
                "line_items[0][price]", price,
                "line_items[0][quantity]", "1"));
        CheckoutMetadata carried = reftrail.checkoutMetadata(customerId);
        carried.metadata().forEach((key, value) -> {
            session.put("metadata[" + key + "]", value);
            session.put("subscription_data[metadata][" + key + "]", value);
        });
        if (carried.clientReferenceId() != null) {
            session.put("client_reference_id", carried.clientReferenceId());
        }
        return session;
    }
}
