package io.reftrail.benchmarks.node;

import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Customer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The application's customers. A customer and the lead are one transaction. */
class Customers {

    private final JdbcClient jdbc;
    private final Reftrail reftrail;

    Customers(JdbcClient jdbc, Reftrail reftrail) {
        this.jdbc = jdbc;
        this.reftrail = reftrail;
    }

    /** What the application does when it changes its mind after all. */
    @SuppressWarnings("serial")
    static final class RolledBackException extends RuntimeException {}

    /** Fails with a DuplicateKeyException if the customer is there already. */
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
