package io.reftrail.samples.shop;

import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.backend.CheckoutMetadata;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

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
}
