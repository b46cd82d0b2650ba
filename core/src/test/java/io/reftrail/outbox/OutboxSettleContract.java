package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.HandSetClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a claim ends, and what comes after. */
public abstract class OutboxSettleContract extends OutboxClaimContract {

    private static final Duration DELAY = Duration.ofSeconds(5);

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"RECORDED", "DUPLICATE", "IGNORED", "REJECTED"})
    void aFinalAnswerEndsTheEvent(Verdict verdict) {
        enqueue("introw", "a");

        outbox.settle(claimOne("introw"), new Settlement.Done(Outcome.of(verdict, "because")));

        advance(LEASE);
        assertThat(claim("introw", 1)).isEmpty();
        assertThat(outbox.depth("introw")).isZero();
        assertThat(outbox.untilDue("introw")).isNull();
        assertThat(outbox.dead(10)).isEmpty();
    }

    @Test
    void aRetryComesAgainWhenItIsDueWithAnAttemptSpent() {
        enqueue("introw", "a");

        outbox.settle(claimOne("introw"), new Settlement.Retry(DELAY, "HTTP 500"));
        assertThat(outbox.untilDue("introw")).isEqualTo(DELAY);
        advance(DELAY.minus(A_MOMENT));
        assertThat(claim("introw", 1)).isEmpty();

        advance(A_MOMENT);
        Claim again = claimOne("introw");
        assertThat(again.attempts()).isOne();
        assertThat(again.age()).isEqualTo(DELAY);
        outbox.settle(again, new Settlement.Retry(Duration.ZERO, "HTTP 500"));
        assertThat(claimOne("introw").attempts()).isEqualTo(2);
    }

    @Test
    void aPostponedEventComesAgainWithNoAttemptSpent() {
        enqueue("introw", "a");

        outbox.settle(claimOne("introw"), new Settlement.Postponed(DELAY));
        assertThat(claim("introw", 1)).isEmpty();
        assertThat(outbox.depth("introw")).isOne();

        advance(DELAY);
        assertThat(claimOne("introw").attempts()).isZero();
    }

    @Test
    void aClaimSaysWhetherAnEarlierOneEndedWithoutASettlement() {
        enqueue("introw", "a");
        assertThat(claimOne("introw").reclaimed()).isFalse();

        advance(LEASE);
        Claim second = claimOne("introw");
        assertThat(second.reclaimed()).isTrue();

        outbox.settle(second, new Settlement.Postponed(Duration.ZERO));
        assertThat(claimOne("introw").reclaimed()).isFalse();
    }

    @Test
    void othersPassAnEventThatWaits() {
        enqueue("introw", "a");
        advance(A_MOMENT);
        enqueue("introw", "b");
        outbox.settle(claimOne("introw"), new Settlement.Retry(DELAY, "HTTP 500"));

        assertThat(customers(claim("introw", 10))).containsExactly("b");
        assertThat(outbox.untilDue("introw")).isEqualTo(DELAY);
    }

    @Test
    void aDeadEventIsKeptWithItsReason() {
        enqueue("introw", "a");
        outbox.settle(claimOne("introw"), new Settlement.Retry(Duration.ZERO, "HTTP 500"));
        Claim last = claimOne("introw");

        outbox.settle(last, new Settlement.Dead("no reply"));

        advance(LEASE);
        assertThat(claim("introw", 1)).isEmpty();
        assertThat(outbox.depth("introw")).isZero();
        assertThat(outbox.dead(10))
                .containsExactly(new DeadEvent(last.id(), "introw", HandSetClock.START, 1, "no reply"));
        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.DUPLICATE);
    }

    @Test
    void aReplayedEventBeginsAnew() {
        enqueue("introw", "a");
        Claim claim = claimOne("introw");
        outbox.settle(claim, new Settlement.Retry(Duration.ZERO, "HTTP 500"));
        outbox.settle(claimOne("introw"), new Settlement.Dead("no reply"));
        advance(DELAY);

        assertThat(outbox.replay(claim.id())).isTrue();

        assertThat(outbox.dead(10)).isEmpty();
        Claim reborn = claimOne("introw");
        assertThat(reborn.event()).isEqualTo(lead("a"));
        assertThat(reborn.attempts()).isZero();
        assertThat(reborn.age()).isZero();
    }

    @Test
    void onlyADeadEventIsReplayed() {
        enqueue("introw", "a");
        Claim claim = claimOne("introw");

        assertThat(outbox.replay(claim.id())).isFalse();
        assertThat(outbox.replay("unheard of")).isFalse();

        outbox.settle(claim, new Settlement.Dead("no reply"));
        assertThat(outbox.replay(claim.id())).isTrue();
        assertThat(outbox.replay(claim.id())).isFalse();
    }

    @Test
    void aClaimIsSettledOnce() {
        enqueue("introw", "a");
        Claim claim = claimOne("introw");
        outbox.settle(claim, new Settlement.Retry(DELAY, "HTTP 500"));

        outbox.settle(claim, done());
        outbox.settle(claim, new Settlement.Dead("late"));

        assertThat(outbox.depth("introw")).isOne();
        assertThat(outbox.dead(10)).isEmpty();
    }

    @Test
    void whatMayBecomeDueIsAnnounced() {
        enqueue("introw", "a");
        AtomicInteger announced = new AtomicInteger();
        outbox.onAvailable(announced::incrementAndGet);

        int before = announced.get();
        outbox.settle(claimOne("introw"), new Settlement.Retry(Duration.ZERO, "HTTP 500"));
        assertThat(announced.get()).isGreaterThan(before);

        Claim claim = claimOne("introw");
        outbox.settle(claim, new Settlement.Dead("no reply"));
        before = announced.get();
        outbox.replay(claim.id());
        assertThat(announced.get()).isGreaterThan(before);
    }
}
