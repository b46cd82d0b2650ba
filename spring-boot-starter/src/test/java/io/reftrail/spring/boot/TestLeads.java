package io.reftrail.spring.boot;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settlement;
import java.time.Duration;
import java.time.Instant;

/** Leads of customers who can be told apart, waiting or given up. */
final class TestLeads {

    private TestLeads() {}

    static Lead lead(String backend, String customer) {
        return Lead.of(new Attribution(backend, "aff_1", null), Customer.of(customer), "Sign Up", Instant.now());
    }

    /** Leaves a dead event in an outbox that nobody sends from yet. */
    static void giveUp(Outbox outbox, String backend, String customer) {
        outbox.enqueue(lead(backend, customer));
        for (Claim claim : outbox.claim(backend, 1, Duration.ofMinutes(1))) {
            outbox.settle(claim, new Settlement.Dead("too old"));
        }
    }
}
