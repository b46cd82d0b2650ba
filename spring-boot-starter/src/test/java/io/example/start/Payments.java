package io.example.start;

import io.reftrail.Reftrail;
import java.math.BigDecimal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the payment provider calls. */
@RestController
class Payments {

    private final Reftrail reftrail;

    Payments(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    @PostMapping("/paid")
    void paid(String customerId, BigDecimal amount, String currency, String invoiceId) {
        reftrail.sale(customerId, amount, currency, invoiceId);
    }
}
