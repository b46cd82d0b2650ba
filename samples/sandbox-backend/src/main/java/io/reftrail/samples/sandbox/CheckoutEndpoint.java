package io.reftrail.samples.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Replaces the payment provider, whose signed webhooks cannot be sent here. Accepts the checkout as an application
 * would have opened it and credits every vendor that finds its documented keys in there (docs/contracts/affihub.md section
 * 3.6, affitor.md section 3.7, refport.md section 3.4). No vendor has such an endpoint.
 */
@RestController
class CheckoutEndpoint {

    private static final String PATH = "/sandbox/checkout";

    private final List<Dialect> dialects;
    private final CallFeed feed;

    CheckoutEndpoint(List<Dialect> dialects, CallFeed feed) {
        this.dialects = dialects;
        this.feed = feed;
    }

    @PostMapping(PATH)
    List<Credit> paid(@RequestBody Checkout checkout) {
        if (!checkout.complete()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        List<Credit> credits = new ArrayList<>();
        for (Dialect dialect : dialects) {
            dialect.paid(checkout).ifPresent(answer -> {
                note(dialect.name(), answer);
                credits.add(new Credit(
                        dialect.name(),
                        answer.verdict(),
                        answer.reason(),
                        answer.subject().partner()));
            });
        }
        return credits;
    }

    private void note(String vendor, Answer answer) {
        feed.add(vendor, "POST", PATH, CallKind.SALE, 200, answer.verdict(), answer.reason(), answer.subject());
    }

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

    /** A vendor's verdict on a payment that it has received from the payment provider. */
    record Credit(
            String vendor,
            Verdict verdict,
            String reason,
            @Nullable String partner) {}
}
