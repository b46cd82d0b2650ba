package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of a customer, and what is not. */
public abstract class OutboxLedgerContract extends OutboxOrderContract {

    @Test
    void aCustomerIsFoundFromTheLeadOn() {
        assertThat(outbox.find("introw", "Sign Up", "a")).isNull();

        enqueue("introw", "a");
        assertThat(outbox.find("introw", "Sign Up", "a"))
                .isEqualTo(new LedgerEntry(lead("a").attribution(), HandSetClock.START, null, null));

        outbox.settle(claimOne("introw"), new Settlement.Done(Outcome.of(Verdict.IGNORED, "because")));
        assertThat(outbox.find("introw", "Sign Up", "a"))
                .isEqualTo(new LedgerEntry(lead("a").attribution(), HandSetClock.START, Verdict.IGNORED, "because"));
        assertThat(outbox.find("refport", "Sign Up", "a")).isNull();
        assertThat(outbox.find("introw", "Trial", "a")).isNull();
        assertThat(outbox.find("introw", "Sign Up", "b")).isNull();
    }

    @Test
    void aForgottenCustomerLeavesNothing() {
        enqueue("introw", "settled", "dead", "claimed", "waits", "other");
        outbox.settle(claimOf("settled"), done());
        outbox.settle(claimOf("dead"), new Settlement.Dead("no reply"));
        Claim claimed = claimOf("claimed");
        enqueue("refport", "waits");

        assertThat(outbox.forget("settled")).isOne();
        assertThat(outbox.forget("dead")).isOne();
        assertThat(outbox.forget("claimed")).isOne();
        assertThat(outbox.forget("waits")).isEqualTo(2);
        assertThat(outbox.forget("nobody")).isZero();

        outbox.settle(claimed, new Settlement.Retry(Duration.ZERO, "HTTP 500"));
        assertThat(outbox.dead(10)).isEmpty();
        assertThat(outbox.depth("refport")).isZero();
        advance(LEASE);
        assertThat(customers(claim("introw", 10))).containsExactly("other");
        assertThat(outbox.find("introw", "Sign Up", "settled")).isNull();
        assertThat(outbox.enqueue(lead("settled"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aCustomerIsKnownSinceTheEarliestTimeThatWasRemembered() {
        assertThat(outbox.firstSignIn("a")).isNull();

        outbox.recordFirstSignIns(Map.of("a", HandSetClock.START, "b", HandSetClock.START));
        outbox.recordFirstSignIns(
                Map.of("a", HandSetClock.START.plusSeconds(1), "b", HandSetClock.START.minusSeconds(1)));
        outbox.recordFirstSignIns(Map.of());

        assertThat(outbox.firstSignIn("a")).isEqualTo(HandSetClock.START);
        assertThat(outbox.firstSignIn("b")).isEqualTo(HandSetClock.START.minusSeconds(1));
        assertThat(outbox.firstSignIn("c")).isNull();
        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aForgottenCustomerIsNotKnown() {
        outbox.recordFirstSignIns(Map.of("a", Instant.EPOCH, "b", Instant.EPOCH));
        enqueue("introw", "a");

        assertThat(outbox.forget("a")).isEqualTo(2);

        assertThat(outbox.firstSignIn("a")).isNull();
        assertThat(outbox.firstSignIn("b")).isEqualTo(Instant.EPOCH);
    }

    private Claim claimOf(String customer) {
        Claim found = null;
        for (Claim claim : claim("introw", 10)) {
            if (TestLeads.customer(claim.event()).equals(customer)) {
                found = claim;
            } else {
                outbox.settle(claim, new Settlement.Postponed(Duration.ZERO));
            }
        }
        assertThat(found).isNotNull();
        return found;
    }

    @Test
    void aDiscardedEventIsGoneButNotTakenAgain() {
        enqueue("introw", "a");
        Claim claim = claimOne("introw");
        assertThat(outbox.discard(claim.id())).isFalse();
        outbox.settle(claim, new Settlement.Dead("no reply"));

        assertThat(outbox.discard(claim.id())).isTrue();

        assertThat(outbox.dead(10)).isEmpty();
        assertThat(outbox.discard(claim.id())).isFalse();
        assertThat(outbox.replay(claim.id())).isFalse();
        assertThat(outbox.backlog("introw")).isEqualTo(Backlog.EMPTY);
        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.DUPLICATE);
    }

    @Test
    void theBacklogCountsWhatWaitsIsClaimedAndIsDead() {
        assertThat(outbox.backlog("introw")).isEqualTo(Backlog.EMPTY);
        enqueue("introw", "dead");
        outbox.settle(claimOne("introw"), new Settlement.Dead("no reply"));
        enqueue("introw", "a");
        advance(Duration.ofSeconds(3));
        enqueue("introw", "b");
        enqueue("refport", "c");
        claim("introw", 1);

        assertThat(outbox.backlog("introw")).isEqualTo(new Backlog(2, Duration.ofSeconds(3), 1));
    }

    @Test
    void noMoreDeadEventsAreListedThanAskedFor() {
        for (String customer : List.of("a", "b", "c")) {
            enqueue("introw", customer);
            outbox.settle(claimOne("introw"), new Settlement.Dead("no reply to " + customer));
            advance(A_MOMENT);
        }

        assertThat(outbox.dead(2)).extracting(DeadEvent::reason).containsExactly("no reply to a", "no reply to b");
    }

    @Test
    void manyClaimsEndTogetherEachInItsWay() {
        enqueue("introw", "done", "rejected", "dead", "retry", "postponed");
        List<Settled> settled = claim("introw", 10).stream()
                .map(claim -> new Settled(claim, settlement(TestLeads.customer(claim.event()))))
                .toList();

        outbox.settle(settled);

        assertThat(outbox.backlog("introw")).isEqualTo(new Backlog(2, Duration.ZERO, 1));
        advance(Duration.ofSeconds(5));
        assertThat(claim("introw", 10))
                .extracting(claim -> TestLeads.customer(claim.event()) + claim.attempts())
                .containsExactlyInAnyOrder("retry1", "postponed0");
        assertThat(outbox.find("introw", "Sign Up", "rejected"))
                .extracting(LedgerEntry::verdict)
                .isEqualTo(Verdict.REJECTED);
    }

    private static Settlement settlement(String customer) {
        return switch (customer) {
            case "done" -> done();
            case "rejected" -> new Settlement.Done(Outcome.of(Verdict.REJECTED, "because"));
            case "dead" -> new Settlement.Dead("no reply");
            case "retry" -> new Settlement.Retry(Duration.ofSeconds(5), "HTTP 500");
            default -> new Settlement.Postponed(Duration.ofSeconds(2));
        };
    }

    @Test
    void thisProcessIsASender() {
        assertThat(outbox.senders()).isOne();
        assertThat(outbox.senders()).isOne();
    }
}
