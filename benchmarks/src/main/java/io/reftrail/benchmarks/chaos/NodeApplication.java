package io.reftrail.benchmarks.chaos;

import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletCookieExchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The application of which the run starts three nodes. Its database, port and backend are on the command line. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class NodeApplication {

    /** Starts a node. */
    public static void main(String[] arguments) {
        SpringApplication.run(NodeApplication.class, arguments);
    }

    @Bean
    Customers customers(JdbcClient jdbc, Reftrail reftrail) {
        return new Customers(jdbc, reftrail);
    }

    /** Stores a customer and the lead in one transaction. */
    static class Customers {

        private final JdbcClient jdbc;
        private final Reftrail reftrail;

        Customers(JdbcClient jdbc, Reftrail reftrail) {
            this.jdbc = jdbc;
            this.reftrail = reftrail;
        }

        /** Thrown after the lead was reported, to roll the sign-up back. */
        @SuppressWarnings("serial")
        static final class RolledBackException extends RuntimeException {}

        /** @throws DuplicateKeyException if the customer exists */
        @Transactional
        void signUp(String customer, boolean rollback, CookieExchange exchange) {
            jdbc.sql("INSERT INTO customer (id, signed_up_at) VALUES (?, clock_timestamp())")
                    .param(customer)
                    .update();
            reftrail.lead(exchange, Customer.of(customer).withEmail(customer + "@example.org"));
            if (rollback) {
                throw new RolledBackException();
            }
        }
    }

    /** Answers a sign-up with 201 for a new customer, 409 for an existing one, and 422 after a rollback. */
    @RestController
    static class SignUpController {

        private final Customers customers;

        SignUpController(Customers customers) {
            this.customers = customers;
        }

        @GetMapping("/ready")
        String ready() {
            return "ready";
        }

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
            } catch (Customers.RolledBackException rolledBack) {
                return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).build();
            } catch (DuplicateKeyException exists) {
                return ResponseEntity.status(HttpStatus.CONFLICT).build();
            }
        }
    }
}
