package io.reftrail.samples.shop;

import io.reftrail.backend.CheckoutMetadata;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Stands for Stripe or Paddle, whose webhook tells some vendors of a payment: here the sandbox does. Affitor and Refport are
 * told of sales by this shop itself, so they must not find their keys in the checkout as well.
 */
@Component
class PaymentProvider {

    private static final Logger logger = LoggerFactory.getLogger(PaymentProvider.class);

    private static final String BY_WEBHOOK = "affihub_";

    private final RestClient client;

    PaymentProvider(@Value("${shop.payment-url}") String url) {
        this.client = RestClient.create(url);
    }

    void charge(String invoice, BigDecimal amount, String currency, CheckoutMetadata checkout) {
        Map<String, String> metadata = new TreeMap<>(checkout.metadata());
        metadata.keySet().removeIf(key -> !key.startsWith(BY_WEBHOOK));
        if (metadata.isEmpty()) {
            return;
        }
        try {
            client.post()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of(
                            "metadata",
                            metadata,
                            "amount",
                            amount.movePointRight(2).longValueExact(),
                            "currency",
                            currency,
                            "invoice_id",
                            invoice))
                    .retrieve()
                    .toBodilessEntity();
        } catch (RestClientException away) {
            logger.warn("The sandbox has not taken a payment", away);
        }
    }
}
