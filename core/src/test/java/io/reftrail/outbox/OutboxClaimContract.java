package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who gets which event, and when. */
public abstract class OutboxClaimContract extends OutboxContract {

    @Test
    void anEmptyOutboxHasNothingDue() {
        assertThat(claim("introw", 10)).isEmpty();
        assertThat(outbox.untilDue("introw")).isNull();
        assertThat(outbox.depth("introw")).isZero();
        assertThat(outbox.dead(10)).isEmpty();
    }

    @Test
    void anEventIsDueAtOnceAndClaimedWhole() {
        enqueue("introw", "a");

        assertThat(outbox.untilDue("introw")).isEqualTo(Duration.ZERO);
        Claim claim = claimOne("introw");
        assertThat(claim.event()).isEqualTo(lead("a"));
        assertThat(claim.attempts()).isZero();
        assertThat(claim.age()).isZero();
    }

    @Test
    void theOldestComesFirstAndNoMoreThanAskedFor() {
        enqueue("introw", "a");
        advance(A_MOMENT);
        enqueue("introw", "b");
        advance(A_MOMENT);
        enqueue("introw", "c");

        assertThat(customers(claim("introw", 2))).containsExactly("a", "b");
        assertThat(customers(claim("introw", 2))).containsExactly("c");
    }

    @Test
    void backendsDoNotGetEachOthersEvents() {
        enqueue("introw", "a");
        enqueue("refport", "b");

        assertThat(customers(claim("refport", 10))).containsExactly("b");
        assertThat(outbox.depth("introw")).isOne();
        assertThat(outbox.untilDue("introw")).isEqualTo(Duration.ZERO);
        assertThat(outbox.untilDue("other")).isNull();
    }

    @Test
    void aClaimedEventIsNobodyElsesUntilItsLeaseEnds() {
        enqueue("introw", "a");
        Claim first = claimOne("introw");

        advance(LEASE.minus(A_MOMENT));
        assertThat(claim("introw", 1)).isEmpty();
        assertThat(outbox.untilDue("introw")).isEqualTo(A_MOMENT);

        advance(A_MOMENT);
        Claim second = claimOne("introw");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.leaseToken()).isNotEqualTo(first.leaseToken());
        assertThat(second.age()).isEqualTo(LEASE);
    }

    @Test
    void whoHasLostItsLeaseSettlesNothing() {
        enqueue("introw", "a");
        Claim lost = claimOne("introw");
        advance(LEASE);
        Claim held = claimOne("introw");

        outbox.settle(lost, done());
        assertThat(outbox.depth("introw")).isOne();

        outbox.settle(held, done());
        assertThat(outbox.depth("introw")).isZero();
    }

    @Test
    void aLateAnswerCountsIfNobodyElseHasTheEvent() {
        enqueue("introw", "a");
        enqueue("refport", "b");
        Claim late = claimOne("introw");
        advance(LEASE);
        claimOne("refport");

        outbox.settle(late, done());

        assertThat(outbox.depth("introw")).isZero();
        assertThat(claim("introw", 1)).isEmpty();
    }

    @Test
    void anEventIsTakenOnce() {
        enqueue("introw", "a");

        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.DUPLICATE);
        outbox.settle(claimOne("introw"), done());
        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.DUPLICATE);

        assertThat(outbox.depth("introw")).isZero();
        enqueue("refport", "a");
    }

    @Test
    void aRepeatableLeadIsTakenEachTime() {
        for (int time = 0; time < 3; time++) {
            assertThat(outbox.enqueue(TestLeads.lead("introw", "a").repeatable()))
                    .isEqualTo(Enqueued.ACCEPTED);
        }

        assertThat(outbox.depth("introw")).isEqualTo(3);
    }

    @Test
    void aNewEventIsAnnounced() {
        AtomicInteger announced = new AtomicInteger();
        outbox.onAvailable(announced::incrementAndGet);
        int before = announced.get();

        enqueue("introw", "a");

        assertThat(announced.get()).isGreaterThan(before);
    }

    /** As of two instances that send from one outbox. */
    @Test
    void everyListenerIsCalled() {
        AtomicInteger one = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        outbox.onAvailable(one::incrementAndGet);
        outbox.onAvailable(other::incrementAndGet);

        enqueue("introw", "a");

        assertThat(one).hasPositiveValue();
        assertThat(other).hasPositiveValue();
    }
}
