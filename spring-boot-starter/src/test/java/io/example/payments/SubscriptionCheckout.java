package io.example.payments;

import com.stripe.param.checkout.SessionCreateParams;
import io.reftrail.model.Attribution;
import io.reftrail.payments.CheckoutCustomizer;
import java.util.List;
import java.util.Map;

/** What a shop sends to its payment provider when a customer wants to pay. */
final class SubscriptionCheckout {

    private final CheckoutCustomizer checkouts;

    SubscriptionCheckout(CheckoutCustomizer checkouts) {
        this.checkouts = checkouts;
    }

    SessionCreateParams session(String customerId, String price) {
        SessionCreateParams.Builder session = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setSuccessUrl("https://shop.example/thanks")
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setPrice(price)
                        .setQuantity(1L)
                        .build());
        return checkouts.forCustomer(customerId).addTo(session).build();
    }

    String paymentLink(String customerId) {
        return checkouts.forCustomer(customerId).link("https://buy.stripe.com/test_7sI");
    }

    Map<String, Object> paddleTransaction(String customerId, String price) {
        return Map.of(
                "items", List.of(Map.of("price_id", price, "quantity", 1)),
                "custom_data", checkouts.forCustomer(customerId).customData());
    }

    /** @param clicks those of the visitor's request: {@code reftrail.attributions(exchange)} */
    SessionCreateParams sessionOfAGuest(List<Attribution> clicks, String price) {
        SessionCreateParams.Builder session = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("https://shop.example/thanks")
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setPrice(price)
                        .setQuantity(1L)
                        .build());
        return checkouts.forGuest(clicks).addTo(session).build();
    }
}
