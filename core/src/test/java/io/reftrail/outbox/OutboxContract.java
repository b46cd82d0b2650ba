package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contract tests of every outbox share: an empty outbox, and its time. */
public abstract class OutboxContract {

    protected static final Duration LEASE = Duration.ofSeconds(30);
    protected static final Duration A_MOMENT = Duration.ofMillis(1);

    protected Outbox outbox;

    /** Returns an empty outbox. */
    protected abstract Outbox open();

    /** Lets the outbox's own clock, which begins at {@link HandSetClock#START}, go on. */
    protected abstract void advance(Duration by);

    @BeforeEach
    final void openOutbox() {
        outbox = open();
    }

    @AfterEach
    final void closeOutbox() {
        outbox.close();
    }

    protected final void enqueue(String backend, String... customers) {
        for (String customer : customers) {
            assertThat(outbox.enqueue(TestLeads.lead(backend, customer))).isEqualTo(Enqueued.ACCEPTED);
        }
    }

    protected final List<Claim> claim(String backend, int limit) {
        return outbox.claim(backend, limit, LEASE);
    }

    protected final Claim claimOne(String backend) {
        List<Claim> claims = claim(backend, 1);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    protected static List<String> customers(List<Claim> claims) {
        return claims.stream().map(Claim::event).map(TestLeads::customer).toList();
    }

    protected static Settlement done() {
        return new Settlement.Done(Outcome.recorded());
    }

    protected static Event lead(String customer) {
        return TestLeads.lead("introw", customer);
    }
}
