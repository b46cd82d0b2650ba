package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.testing.TestEvents;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes before what. */
public abstract class OutboxOrderContract extends OutboxSettleContract {

    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final int FLOOD = 300;
    private static final int BATCH = 40;

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

    /** Many more clicks than one batch, and a lead that comes when the first ones are on their way. */
    @Test
    void aFloodOfClicksHoldsACustomerUpByOneBatch() {
        flood();
        enqueue("introw", "late");
        assertThat(first(claim("introw", BATCH)).customerId()).isEqualTo("late");

        outbox.offer(TestEvents.click("introw", "click of kim"));
        outbox.enqueue(TestEvents.lead("introw", "click of kim", "kim"));
        Claim click = claim("introw", BATCH).get(0);
        assertThat(click.event()).isEqualTo(TestEvents.click("introw", "click of kim"));
        outbox.settle(click, done());
        assertThat(first(claim("introw", BATCH)).customerId()).isEqualTo("kim");
    }

    @Test
    void aCustomerStandsBeforeTheFloodOnTheNextAttemptToo() {
        flood();
        enqueue("introw", "unlucky");
        Claim lead = claim("introw", BATCH).get(0);
        outbox.settle(lead, new Settlement.Retry(DELAY, "HTTP 500"));
        assertThat(claim("introw", 1)).noneMatch(claim -> claim.event() instanceof Lead);

        advance(DELAY);
        assertThat(first(claim("introw", 1)).customerId()).isEqualTo("unlucky");
    }

    private static Event first(List<Claim> claims) {
        return claims.get(0).event();
    }

    private void flood() {
        for (int visitor = 0; visitor < FLOOD; visitor++) {
            outbox.offer(TestEvents.click("introw", "click " + visitor));
        }
        advance(A_MOMENT);
        assertThat(claim("introw", BATCH)).hasSize(BATCH);
    }

    private static Lead second() {
        return TestLeads.lead("introw", "second").following(lead("first").deduplicationKey());
    }
}
