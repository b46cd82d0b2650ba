package io.reftrail.samples.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment as in the payment provider's webhook: what an application has put on a Stripe Checkout Session
 * (or, as {@code custom_data}, on a Paddle transaction), and the sum.
 *
 * @param amount in the smallest unit of the currency
 */
record Checkout(
        @JsonProperty("client_reference_id") @Nullable String clientReferenceId,
        @Nullable Map<String, String> metadata,
        @JsonProperty("custom_data") @Nullable Map<String, String> customData,
        @Nullable Long amount,
        @Nullable String currency,
        @JsonProperty("invoice_id") @Nullable String invoiceId) {

    /** What the application has handed over under this key, {@code null} if nothing. */
    @Nullable
    String value(String key) {
        @Nullable String value = metadata == null ? null : metadata.get(key);
        return value != null || customData == null ? value : customData.get(key);
    }

    boolean complete() {
        return amount != null && amount > 0 && currency != null && currency.matches("[A-Za-z]{3}");
    }

    Money money() {
        return new Money(amount == null ? 0 : amount, currency == null ? "USD" : currency);
    }
}
