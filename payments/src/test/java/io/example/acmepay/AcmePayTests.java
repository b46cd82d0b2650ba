package io.example.acmepay;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import io.reftrail.PaymentReason;
import io.reftrail.Reftrail;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.payments.PaymentAmount;
import io.reftrail.payments.Payments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A provider of one's own is one class. */
class AcmePayTests {

    @Test
    void aRefundBeforeItsPaymentIsASaleAndARefund() throws Exception {
        try (Reftrail reftrail =
                Reftrail.builder().backend(AffonsoBackend.of("key", "program")).build()) {
            Payments payments = new Payments(reftrail, new AcmePay("secret"), PaymentAmount.NET);
            reftrail.lead(new Attribution("affonso", "click", Instant.now()), Customer.of("anna"));

            assertThat(accept(payments, """
                    {"type": "order.refunded", "time": 1763629300, "order": "o1", "refund": "r1", "amount": 500}""")).isEqualTo(PaymentReason.RECORDED);
            assertThat(reftrail.operations().outbox().depth("affonso")).isEqualTo(1);
            accept(payments, """
                    {"type": "order.paid", "time": 1763629200, "order": "o1", "customer": "anna", "amount": 2000}""");
            assertThat(reftrail.operations().outbox().depth("affonso")).isEqualTo(3);
        }
    }

    private static PaymentReason accept(Payments payments, String payload) throws Exception {
        long now = Instant.now().getEpochSecond();
        String signature = "t=" + now + ",v1=" + Webhook.Util.computeHmacSha256("secret", now + "." + payload);
        return payments.accept(payload.getBytes(StandardCharsets.UTF_8), header -> signature);
    }
}
