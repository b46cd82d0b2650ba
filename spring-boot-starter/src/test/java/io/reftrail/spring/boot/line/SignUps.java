package io.reftrail.spring.boot.line;

import io.reftrail.model.Customer;
import io.reftrail.spring.CustomerSignedUp;
import io.reftrail.spring.TrackLead;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Opens accounts in the application's database, and fails afterwards where the form says so. */
@RestController
class SignUps {

    /** What somebody fills in. */
    record Form(String email, boolean disaster) {}

    private final JdbcTemplate jdbc;
    private final ApplicationEventPublisher events;

    SignUps(JdbcTemplate jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
        jdbc.execute("create table if not exists account (email varchar(200))");
    }

    /** Reports by annotation; returns the customer's id. */
    @PostMapping("/annotated")
    @Transactional
    @TrackLead(customerId = "#result", email = "#form.email")
    public String annotated(Form form) {
        return open(form);
    }

    /** Reports by an event. */
    @PostMapping("/published")
    @Transactional
    public String published(Form form) {
        events.publishEvent(CustomerSignedUp.of(Customer.of("c-" + form.email()).withEmail(form.email())));
        return open(form);
    }

    /** Reports like the first, and is undone by what comes after it. */
    @PostMapping("/undone")
    @Transactional
    public String undone(Form form) {
        String id = published(form);
        throw new IllegalStateException("no account for " + id);
    }

    private String open(Form form) {
        jdbc.update("insert into account (email) values (?)", form.email());
        if (form.disaster()) {
            throw new IllegalStateException("the payment failed");
        }
        return "c-" + form.email();
    }

    long accounts(String email) {
        Long count = jdbc.queryForObject("select count(*) from account where email = ?", Long.class, email);
        return count == null ? 0 : count;
    }
}
