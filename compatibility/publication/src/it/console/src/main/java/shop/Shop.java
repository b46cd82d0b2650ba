package shop;

import io.reftrail.Reftrail;
import io.reftrail.spring.TrackLead;
import java.math.BigDecimal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class Shop {

    private final Reftrail reftrail;

    Shop(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    public static void main(String... arguments) {
        SpringApplication.run(Shop.class, arguments);
    }

    @TrackLead(customerId = "#id")
    void signUp(String id) {}

    void paid(String id, String invoice) {
        reftrail.sale(id, new BigDecimal("29.00"), "EUR", invoice);
    }
}
