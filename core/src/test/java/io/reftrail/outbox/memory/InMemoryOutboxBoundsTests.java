package io.reftrail.outbox.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestEvents;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory is bounded, and what was accepted is never dropped for it. */
class InMemoryOutboxBoundsTests {

    private static final Settlement DONE = new Settlement.Done(Outcome.recorded());

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesACapacityThatHoldsNothing(int capacity) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new InMemoryOutbox(capacity, new HandSetClock()))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("outbox.capacity"));
    }

    @Test
    void aFullOutboxRefusesAndSaysSoWithoutNaming() {
        Outbox outbox = filled(2);

        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> outbox.enqueue(TestLeads.lead("introw", "third")))
                .withMessage("the outbox is full: 2 events wait");
        assertThat(outbox.enqueue(TestLeads.lead("introw", "0"))).isEqualTo(Enqueued.DUPLICATE);
    }

    @Test
    void clicksLeaveHalfOfTheRoomToCustomers() {
        Outbox outbox = new InMemoryOutbox(4, new HandSetClock());
        outbox.offer(TestEvents.click("affitor", "1"));
        outbox.offer(TestEvents.click("affitor", "2"));

        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> outbox.offer(TestEvents.click("affitor", "3")))
                .withMessage("the outbox is full: 2 events wait");
        assertThat(outbox.enqueue(TestEvents.click("affitor", "3"))).isEqualTo(Enqueued.ACCEPTED);
        assertThat(outbox.enqueue(TestEvents.lead("affitor", "3", "a"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void clicksMakeNoCustomerForgotten() {
        Outbox outbox = new InMemoryOutbox(4, new HandSetClock());
        outbox.enqueue(TestLeads.lead("affitor", "a"));
        outbox.settle(outbox.claim("affitor", 1, Duration.ofSeconds(1)).get(0), DONE);
        for (int i = 0; i <= InMemoryOutbox.REMEMBERED; i++) {
            outbox.offer(TestEvents.click("affitor", "key-" + i));
            outbox.settle(outbox.claim("affitor", 1, Duration.ofSeconds(1)).get(0), DONE);
        }

        assertThat(outbox.find("affitor", "Sign Up", "a")).isNotNull();
        assertThat(outbox.enqueue(TestLeads.lead("affitor", "a"))).isEqualTo(Enqueued.DUPLICATE);
    }

    @Test
    void aClosedOutboxTakesNothingThatNobodyWouldSend() {
        Outbox outbox = filled(1);
        outbox.close();

        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> outbox.enqueue(TestLeads.lead("introw", "second")))
                .withMessage("the outbox is closed");
    }

    @Test
    void whatWasRefusedIsTakenOnceThereIsRoom() {
        Outbox outbox = filled(2);
        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> outbox.enqueue(TestLeads.lead("introw", "third")));

        outbox.settle(outbox.claim("introw", 1, Duration.ofSeconds(1)).get(0), DONE);

        assertThat(outbox.enqueue(TestLeads.lead("introw", "third"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void deadAndClaimedEventsCount() {
        Outbox outbox = filled(2);
        outbox.settle(outbox.claim("introw", 1, Duration.ofSeconds(1)).get(0), new Settlement.Dead("no reply"));
        outbox.claim("introw", 1, Duration.ofSeconds(1));

        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> outbox.enqueue(TestLeads.lead("introw", "third")));
    }

    @Test
    void anEventThatWaitsIsRememberedHoweverManyAreSettledMeanwhile() {
        Outbox outbox = new InMemoryOutbox(2, new HandSetClock());
        outbox.enqueue(TestLeads.lead("refport", "waits"));
        outbox.enqueue(TestLeads.lead("introw", "settled first"));
        settleNext(outbox);

        for (int number = 0; number < InMemoryOutbox.REMEMBERED; number++) {
            outbox.enqueue(TestLeads.lead("introw", Integer.toString(number)));
            settleNext(outbox);
        }

        assertThat(outbox.enqueue(TestLeads.lead("refport", "waits"))).isEqualTo(Enqueued.DUPLICATE);
        assertThat(outbox.enqueue(TestLeads.lead("introw", "0"))).isEqualTo(Enqueued.DUPLICATE);
        assertThat(outbox.enqueue(TestLeads.lead("introw", "settled first"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void doesNotJoinTransactions() {
        assertThat(new InMemoryOutbox().joinsTransaction()).isFalse();
    }

    private static void settleNext(Outbox outbox) {
        outbox.settle(outbox.claim("introw", 1, Duration.ofSeconds(1)).get(0), DONE);
    }

    private static Outbox filled(int capacity) {
        Outbox outbox = new InMemoryOutbox(capacity, new HandSetClock());
        for (int number = 0; number < capacity; number++) {
            outbox.enqueue(TestLeads.lead("introw", Integer.toString(number)));
        }
        return outbox;
    }
}
