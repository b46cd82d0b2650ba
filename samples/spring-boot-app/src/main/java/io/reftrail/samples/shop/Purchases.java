package io.reftrail.samples.shop;

import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.backend.CheckoutMetadata;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** What customers have bought. A sale is reported in the transaction that records it. */
@Service
class Purchases {

    static final BigDecimal PRICE = new BigDecimal("29.00");

    static final String CURRENCY = "EUR";

    private final JdbcClient jdbc;
    private final Reftrail reftrail;

    Purchases(JdbcClient jdbc, Reftrail reftrail) {
        this.jdbc = jdbc;
        this.reftrail = reftrail;
    }

    /** What the checkout has to carry for partners' vendors. */
    CheckoutMetadata checkoutMetadata(String customerId) {
        return reftrail.checkoutMetadata(customerId);
    }

    /** Records what has been paid. */
    @Transactional
    void add(String customerId, String invoice) {
        jdbc.sql("INSERT INTO purchase (invoice, customer, refunded, bought_at) VALUES (?, ?, FALSE, ?)")
                .params(invoice, customerId, OffsetDateTime.now(ZoneOffset.UTC))
                .update();
        reftrail.sale(customerId, PRICE, CURRENCY, invoice);
    }

    /** Gives the money of the last purchase back, if there is one. */
    @Transactional
    void refundLast(String customerId) {
        last(customerId).ifPresent(invoice -> {
            jdbc.sql("UPDATE purchase SET refunded = TRUE WHERE invoice = ?")
                    .param(invoice)
                    .update();
            reftrail.refund(RefundRequest.full(customerId, invoice));
        });
    }

    /** The invoice of the customer's last purchase that was not refunded. */
    Optional<String> last(String customerId) {
        return jdbc.sql(
                        "SELECT invoice FROM purchase WHERE customer = ? AND NOT refunded ORDER BY bought_at DESC LIMIT 1")
                .param(customerId)
                .query(String.class)
                .optional();
    }

    /** Stands for Stripe or Paddle, whose webhook tells some vendors of a payment: here the sandbox does. */
    @Component
    static class PaymentProvider {

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
}
