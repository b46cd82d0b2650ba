package io.example.start;

import io.reftrail.Reftrail;
import io.reftrail.SaleStatus;
import java.math.BigDecimal;
import java.util.Map;
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
    Map<String, SaleStatus> paid(String customerId, BigDecimal amount, String currency, String invoiceId) {
        return reftrail.sale(customerId, amount, currency, invoiceId);
    }
}
