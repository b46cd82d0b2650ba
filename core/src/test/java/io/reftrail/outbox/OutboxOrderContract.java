package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Lead;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What comes before what. */
public abstract class OutboxOrderContract extends OutboxSettleContract {

    private static final Duration DELAY = Duration.ofSeconds(5);

    @Test
    void anEventWaitsWhileItsPredecessorDoes() {
        outbox.enqueue(second());
        enqueue("introw", "first");

        Claim first = claimOne("introw");
        assertThat(TestLeads.customer(first.event())).isEqualTo("first");
        outbox.settle(first, new Settlement.Retry(DELAY, "HTTP 500"));
        assertThat(claim("introw", 10)).isEmpty();

        advance(DELAY);
        outbox.settle(claimOne("introw"), done());
        assertThat(customers(claim("introw", 10))).containsExactly("second");
    }

    @Test
    void anEventPassesAPredecessorThatIsNotHereOrWasGivenUp() {
        outbox.enqueue(second());
        assertThat(customers(claim("introw", 10))).containsExactly("second");

        enqueue("introw", "first");
        outbox.settle(claimOne("introw"), new Settlement.Dead("no reply"));
        outbox.enqueue(TestLeads.lead("introw", "third").following(lead("first").deduplicationKey()));
        assertThat(customers(claim("introw", 10))).containsExactly("third");
    }

    @Test
    void othersPassEventsThatWaitForAnother() {
        enqueue("introw", "first");
        claimOne("introw");
        outbox.enqueue(second());
        advance(A_MOMENT);
        enqueue("introw", "other");

        assertThat(customers(claim("introw", 1))).containsExactly("other");
    }

    private static Lead second() {
        return TestLeads.lead("introw", "second").following(lead("first").deduplicationKey());
    }
}
