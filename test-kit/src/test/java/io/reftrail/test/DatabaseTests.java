package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Where leads are kept in the application's database, the kit sees what is committed there, and no more. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:kit",
            "reftrail.outbox.store=jdbc",
            "reftrail.outbox.initialize-schema=always"
        })
@AutoConfigureReftrail(backends = "introw", store = AutoConfigureReftrail.Store.APPLICATION)
class DatabaseTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private final Reftrail reftrail;
    private final TransactionTemplate transactions;

    DatabaseTests(@Autowired Reftrail reftrail, @Autowired TransactionTemplate transactions) {
        this.reftrail = reftrail;
        this.transactions = transactions;
    }

    private void signUp() {
        String cookies = PartnerClick.of("introw", "aff_1").in(reftrail).header();
        reftrail.lead(HeaderExchange.of(cookies, true), Customer.of("mia"));
    }

    /** Each time as if for the first time. */
    @RepeatedTest(2)
    void whatIsCommittedIsReported(ReportedEvents reported) {
        assertThat(reftrail.operations().outbox().toString()).contains("database");
        transactions.executeWithoutResult(status -> signUp());

        assertThat(reported).leads().hasSize(1).hasLeadFor("mia").from("introw");
    }

    @Test
    void whatIsRolledBackIsNot(ReportedEvents reported) {
        transactions.executeWithoutResult(status -> {
            signUp();
            status.setRollbackOnly();
        });

        assertThat(reported).hasNothing();
        assertThat(reported).leads().hasNoLeads();
    }
}
