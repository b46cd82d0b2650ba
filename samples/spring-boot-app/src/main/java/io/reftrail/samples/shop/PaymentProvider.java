package io.reftrail.samples.shop;

import io.reftrail.backend.CheckoutMetadata;
import java.math.BigDecimal;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Stands for Stripe or Paddle, whose webhook tells some vendors of a payment: here the sandbox does. */
@Component
class PaymentProvider {

    private static final Logger logger = LoggerFactory.getLogger(PaymentProvider.class);

    private final RestClient client;

    PaymentProvider(@Value("${shop.payment-url}") String url) {
        this.client = RestClient.create(url);
    }

    void charge(String invoice, BigDecimal amount, String currency, CheckoutMetadata checkout) {
        if (checkout.metadata().isEmpty()) {
            return;
        }
        try {
            client.post()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of(
                            "metadata",
                            checkout.metadata(),
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
