package io.example.bookshop;

import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletCookieExchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The bookshop's pages. */
@RestController
class BookshopController {

    private final Reftrail reftrail;

    BookshopController(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    @GetMapping("/books")
    String books() {
        return "Books";
    }

    @PostMapping("/signup")
    String signUp(String id, HttpServletRequest request, HttpServletResponse response) {
        Customer customer = Customer.of(id).withEmail(id + "@example.org");
        reftrail.lead(new ServletCookieExchange(request, response), customer);
        return "Welcome";
    }

    @PostMapping("/paid")
    String paid(String id, String amount, String invoice) {
        reftrail.sale(id, new BigDecimal(amount), "EUR", invoice);
        return "Thank you";
    }

    @PostMapping("/returned")
    String returned(String id, String invoice) {
        reftrail.refund(RefundRequest.full(id, invoice));
        return "Sorry";
    }
}
