package io.example.shop;

import io.reftrail.Reftrail;
import java.util.List;
import java.util.Map;

/** The body of Paddle Billing's {@code POST /transactions}. */
final class PaddleCheckout {

    private final Reftrail reftrail;

    PaddleCheckout(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    Map<String, Object> transaction(String customerId, String price) {
        return Map.of(
                "items", List.of(Map.of("price_id", price, "quantity", 1)),
                "custom_data", reftrail.checkoutMetadata(customerId).metadata());
    }
}
