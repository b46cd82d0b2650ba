package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reftrail.model.Attribution;
import io.reftrail.model.Lead;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestEvents;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Leads that a policy holds or has declined, and what follows them. */
public abstract class OutboxWithheldContract extends OutboxPayerContract {

    private static final Attribution CLICK = lead("kim").attribution();
    private static final Duration LONG = Duration.ofDays(30);

    private String withhold(String customer, Withheld state) {
        assertThat(outbox.withhold(lead(customer), state, "same-network")).isEqualTo(Enqueued.ACCEPTED);
        return outbox.withheld("introw", 100).stream()
                .filter(event -> customer.equals(event.customerId()))
                .map(WithheldEvent::id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWithheldEventIsListedAndNotSent() {
        withhold("declined", Withheld.DECLINED);
        advance(A_MOMENT);
        withhold("kim", Withheld.HELD);
        outbox.withhold(TestLeads.lead("refport", "zoe"), Withheld.HELD, "self-referral");

        assertThat(outbox.withheld("introw", 10))
                .extracting(
                        WithheldEvent::customerId,
                        WithheldEvent::state,
                        WithheldEvent::reason,
                        WithheldEvent::attribution,
                        WithheldEvent::occurredAt,
                        WithheldEvent::since)
                .containsExactly(
                        tuple(
                                "kim",
                                Withheld.HELD,
                                "same-network",
                                CLICK,
                                HandSetClock.START,
                                HandSetClock.START.plus(A_MOMENT)),
                        tuple(
                                "declined",
                                Withheld.DECLINED,
                                "same-network",
                                lead("declined").attribution(),
                                HandSetClock.START,
                                HandSetClock.START));
        assertThat(outbox.withheld("introw", 1)).hasSize(1);
        advance(LONG);
        assertThat(claim("introw", 10)).isEmpty();
        assertThat(outbox.untilDue("introw")).isNull();
        assertThat(outbox.dead(10)).isEmpty();
        assertThat(outbox.backlog("introw")).isEqualTo(new Backlog(0, Duration.ZERO, 0, 1));
        assertThat(outbox.depth("introw")).isZero();
    }

    @Test
    void aWithheldLeadIsReportedOnce() {
        withhold("kim", Withheld.HELD);

        assertThat(outbox.enqueue(lead("kim"))).isEqualTo(Enqueued.DUPLICATE);
        assertThat(outbox.withhold(lead("kim"), Withheld.DECLINED, "self-referral"))
                .isEqualTo(Enqueued.DUPLICATE);
        assertThat(outbox.find("introw", "Sign Up", "kim"))
                .isEqualTo(new LedgerEntry(CLICK, HandSetClock.START, null, "same-network", Withheld.HELD));
        enqueue("introw", "sent");
        assertThat(outbox.withhold(lead("sent"), Withheld.HELD, "same-network")).isEqualTo(Enqueued.DUPLICATE);
        assertThat(customers(claim("introw", 10))).containsExactly("sent");
    }

    @Test
    void aReleasedEventIsAsYoungAsANewOne() {
        String held = withhold("kim", Withheld.HELD);
        String declined = withhold("zoe", Withheld.DECLINED);
        advance(LONG);
        AtomicInteger announced = new AtomicInteger();
        outbox.onAvailable(announced::incrementAndGet);

        assertThat(outbox.release(held)).isTrue();
        assertThat(outbox.release(declined)).isTrue();

        assertThat(announced).hasPositiveValue();
        assertThat(outbox.withheld("introw", 10)).isEmpty();
        advance(A_MOMENT);
        List<Claim> claims = claim("introw", 10);
        assertThat(customers(claims)).containsExactlyInAnyOrder("kim", "zoe");
        assertThat(claims).allSatisfy(claim -> {
            assertThat(claim.age()).isEqualTo(A_MOMENT);
            assertThat(claim.reclaimed()).isFalse();
        });
        assertThat(outbox.find("introw", "Sign Up", "kim"))
                .isEqualTo(new LedgerEntry(CLICK, HandSetClock.START, null, null, null));
        assertThat(outbox.release(held)).isFalse();
        assertThat(outbox.discardWithheld(held)).isFalse();
    }

    @Test
    void whatFollowsAHeldLeadWaitsAndIsAsYoungAsTheLead() {
        String held = withhold("kim", Withheld.HELD);
        outbox.enqueue(TestEvents.sale(CLICK, "kim", "inv-1"));
        outbox.enqueue(TestEvents.refund(CLICK, "kim", "inv-1", null));
        advance(LONG);
        assertThat(claim("introw", 10)).isEmpty();

        outbox.release(held);
        for (String type : List.of("LEAD", "SALE", "REFUND")) {
            Claim claim = claimOne("introw");
            assertThat(claim.event().type()).hasToString(type);
            assertThat(claim.age()).isZero();
            outbox.settle(claim, done());
        }
    }

    @Test
    void whatFollowsADeclinedLeadIsClaimedToBeDeclined() {
        String held = withhold("kim", Withheld.HELD);
        outbox.enqueue(TestEvents.sale(CLICK, "kim", "inv-1"));
        outbox.enqueue(TestEvents.refund(CLICK, "kim", "inv-1", null));
        withhold("zoe", Withheld.DECLINED);
        outbox.enqueue(TestEvents.sale(lead("zoe").attribution(), "zoe", "inv-2"));
        Claim zoes = claimOne("introw");
        assertThat(Objects.requireNonNull(zoes.predecessor()).isDeclined()).isTrue();
        outbox.settle(zoes, new Settlement.Postponed(LONG));

        assertThat(outbox.discardWithheld(held)).isTrue();

        for (String type : List.of("SALE", "REFUND")) {
            Claim claim = claimOne("introw");
            assertThat(claim.event().type()).hasToString(type);
            assertThat(Objects.requireNonNull(claim.predecessor()).isDeclined()).isTrue();
            outbox.settle(claim, new Settlement.Declined("same-network"));
        }
        assertThat(claim("introw", 10)).isEmpty();
        assertThat(outbox.history("kim", Map.of("introw", "Sign Up")))
                .extracting(CustomerEvent::state, CustomerEvent::reason, CustomerEvent::verdict)
                .containsOnly(tuple(CustomerEvent.State.DECLINED, "same-network", null))
                .hasSize(3);
    }

    @Test
    void aDeclinedEventStaysInTheLedger() {
        String held = withhold("kim", Withheld.HELD);
        assertThat(outbox.history("kim", Map.of()))
                .extracting(CustomerEvent::state, CustomerEvent::reason)
                .containsExactly(tuple(CustomerEvent.State.HELD, "same-network"));
        String declined = withhold("zoe", Withheld.DECLINED);

        assertThat(outbox.discardWithheld(held)).isTrue();
        assertThat(outbox.discardWithheld(declined)).isTrue();

        for (String customer : List.of("kim", "zoe")) {
            assertThat(outbox.enqueue(lead(customer))).isEqualTo(Enqueued.DUPLICATE);
            LedgerEntry entry = Objects.requireNonNull(outbox.find("introw", "Sign Up", customer));
            assertThat(entry.isDeclined()).isTrue();
            assertThat(entry.reason()).isEqualTo("same-network");
        }
        assertThat(outbox.withheld("introw", 10)).isEmpty();
        assertThat(outbox.backlog("introw")).isEqualTo(Backlog.EMPTY);
        assertThat(outbox.release(held)).isFalse();
        assertThat(outbox.replay(held)).isFalse();
        assertThat(outbox.discard(held)).isFalse();
    }

    @Test
    void aDeadEventIsNoWithheldOne() {
        enqueue("introw", "a");
        Claim claim = claimOne("introw");
        outbox.settle(claim, new Settlement.Dead("no reply"));

        assertThat(outbox.release(claim.id())).isFalse();
        assertThat(outbox.discardWithheld(claim.id())).isFalse();
        assertThat(outbox.release("no id")).isFalse();
        assertThat(outbox.discardWithheld("no id")).isFalse();
        assertThat(outbox.dead(10)).hasSize(1);
    }

    @Test
    void aForgottenCustomerHasNoWithheldLead() {
        withhold("kim", Withheld.HELD);
        withhold("zoe", Withheld.DECLINED);
        assertThat(outbox.stored("kim").toString()).contains("introw", "HELD", "same-network");

        assertThat(outbox.forget("kim")).isOne();
        assertThat(outbox.forget("zoe")).isOne();

        assertThat(outbox.stored("kim")).isEmpty();
        assertThat(outbox.withheld("introw", 10)).isEmpty();
        assertThat(outbox.backlog("introw")).isEqualTo(Backlog.EMPTY);
        assertThat(outbox.enqueue(lead("kim"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aHeldLeadWaitsForItsClickAfterItsRelease() {
        Lead lead = TestEvents.lead("affitor", "key-1", "kim");
        outbox.withhold(lead, Withheld.HELD, "same-network");
        outbox.release(outbox.withheld("affitor", 1).get(0).id());
        outbox.enqueue(TestEvents.click("affitor", "key-1"));

        Claim click = claimOne("affitor");
        assertThat(click.event()).isEqualTo(TestEvents.click("affitor", "key-1"));
        outbox.settle(click, done());
        assertThat(claimOne("affitor").event().customerId()).isEqualTo("kim");
    }
}
