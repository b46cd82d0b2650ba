package io.reftrail.benchmarks.node;

import io.reftrail.benchmarks.node.Customers.RolledBackException;
import io.reftrail.servlet.ServletCookieExchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sign-up: 201 for a new customer, 409 for one who is there already, 422 after a rollback. */
@RestController
class SignUpController {

    private final Customers customers;

    SignUpController(Customers customers) {
        this.customers = customers;
    }

    @GetMapping("/ready")
    String ready() {
        return "ready";
    }

    /** Whatever else there is to see. */
    @GetMapping("/")
    String home() {
        return "home";
    }

    @PostMapping("/sign-up")
    ResponseEntity<Void> signUp(
            @RequestParam String customer,
            @RequestParam boolean rollback,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            customers.signUp(customer, rollback, new ServletCookieExchange(request, response));
            return ResponseEntity.status(HttpStatus.CREATED).build();
        } catch (RolledBackException ordered) {
            return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).build();
        } catch (DuplicateKeyException there) {
            return ResponseEntity.status(HttpStatus.CONFLICT).build();
        }
    }
}
