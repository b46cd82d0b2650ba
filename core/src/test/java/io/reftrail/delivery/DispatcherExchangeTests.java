package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.testing.ExchangingBackend;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import io.reftrail.testing.TestEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Click before lead before sale, whatever fails in between. */
class DispatcherExchangeTests {

    private static final Click CLICK = TestEvents.click(ExchangingBackend.NAME, "key-1");
    private static final Event LEAD = TestEvents.lead(ExchangingBackend.NAME, "key-1", "kim");
    private static final Event SALE =
            TestEvents.sale(TestEvents.pending(ExchangingBackend.NAME, "key-1"), "kim", "inv-1");

    @Test
    void aLeadWaitsForItsClickAndCarriesTheIdThatWasGivenToIt() {
        Answer failure = Answer.of(500, "");
        try (StubServer server = StubServer.answering(
                        failure, failure, Answer.of(200, "clk-1"), failure, Answer.of(200, ""), Answer.of(200, ""));
                DispatcherFixture fixture = DispatcherFixture.to(new ExchangingBackend(server.url()))) {
            enqueue(fixture, CLICK, LEAD, SALE);

            assertThat(server.requests().stream().map(Received::body))
                    .containsExactly(
                            "CLICK null",
                            "CLICK null",
                            "CLICK null",
                            "LEAD clk-1 kim",
                            "LEAD clk-1 kim",
                            "SALE clk-1 kim");
            LedgerEntry lead = fixture.outbox.find(ExchangingBackend.NAME, "Sign Up", "kim");
            assertThat(lead).isNotNull();
            assertThat(lead.attribution())
                    .isEqualTo(CLICK.attribution().withClickId("clk-1").with("window", "PT240H"));
            assertThat(lead.verdict()).isEqualTo(Verdict.RECORDED);
        }
    }

    @Test
    void aLeadWhoseClickCountsForNobodyIsIgnoredForTheSameReasonWithoutACall() {
        try (StubServer server = StubServer.answering(Answer.of(410, ""));
                DispatcherFixture fixture = DispatcherFixture.to(new ExchangingBackend(server.url()))) {
            enqueue(fixture, CLICK, LEAD, SALE);

            assertThat(server.requests()).hasSize(1);
            LedgerEntry lead = fixture.outbox.find(LEAD.deduplicationKey());
            assertThat(lead).isNotNull();
            assertThat(lead.verdict()).isEqualTo(Verdict.IGNORED);
            assertThat(lead.reason()).isEqualTo("its click is not attributed: the link is not active");
            assertThat(fixture.outbox.find(SALE.deduplicationKey()))
                    .extracting(LedgerEntry::verdict)
                    .isEqualTo(Verdict.IGNORED);
        }
    }

    @Test
    void aClickThatCountsForNobodyLeavesTheLeadToTheClickBeforeIt() {
        Attribution again = new Attribution(ExchangingBackend.NAME, "older", HandSetClock.START, "key-1", Map.of());
        try (StubServer server = StubServer.answering(Answer.of(410, ""), Answer.of(200, ""));
                DispatcherFixture fixture = DispatcherFixture.to(new ExchangingBackend(server.url()))) {
            enqueue(fixture, CLICK.withAttribution(again), LEAD.withAttribution(again));

            assertThat(server.requests().stream().map(Received::body)).containsExactly("CLICK older", "LEAD older kim");
        }
    }

    @Test
    void aClickThatWasGivenUpLeavesItsLeadToNobodyElse() {
        Attribution again = new Attribution(ExchangingBackend.NAME, "older", HandSetClock.START, "key-1", Map.of());
        HandSetClock clock = new HandSetClock();
        try (StubServer server = StubServer.answering(Answer.of(500, ""));
                DispatcherFixture fixture = DispatcherFixture.with(clock, new ExchangingBackend(server.url()))) {
            fixture.outbox.enqueue(CLICK.withAttribution(again));
            eventually().until(() -> fixture.listener.heard().size() == 1);
            clock.advance(Duration.ofDays(30));
            fixture.outbox.enqueue(LEAD.withAttribution(again));
            fixture.dispatcher.wake();

            eventually().until(() -> fixture.outbox.dead(10).size() == 2);
            assertThat(server.requests().stream().map(Received::body)).doesNotContain("LEAD older kim");
        }
    }

    @Test
    void aLeadWhoseClickWasGivenUpIsKeptAndReplayedWithIt() {
        HandSetClock clock = new HandSetClock();
        try (StubServer server = StubServer.answering(Answer.of(500, ""), Answer.of(200, "clk-1"), Answer.of(200, ""));
                DispatcherFixture fixture = DispatcherFixture.with(clock, new ExchangingBackend(server.url()))) {
            fixture.outbox.enqueue(CLICK);
            eventually().until(() -> fixture.listener.heard().size() == 1);
            clock.advance(Duration.ofDays(30));
            fixture.outbox.enqueue(LEAD);
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.outbox.dead(10).size() == 2);
            List<DeadEvent> dead = fixture.outbox.dead(10);
            assertThat(dead).extracting(DeadEvent::reason).last().asString().contains("its click was given up");

            dead.forEach(event -> fixture.outbox.replay(event.id()));
            eventually().until(() -> fixture.outbox.depth(ExchangingBackend.NAME) == 0);

            assertThat(server.requests().stream().map(Received::body))
                    .containsExactly("CLICK null", "CLICK null", "LEAD clk-1 kim");
        }
    }

    @Test
    void anEventThatTheBackendDoesNotTakeIsOnlyKept() {
        Attribution known = CLICK.attribution().withClickId("clk-1");
        Event refund = TestEvents.refund(known, "kim", "inv-1", null);
        try (StubServer server = StubServer.answering();
                DispatcherFixture fixture = DispatcherFixture.to(new ExchangingBackend(server.url()))) {
            enqueue(fixture, refund);

            assertThat(server.requests()).isEmpty();
            assertThat(fixture.outbox.find(refund.deduplicationKey()))
                    .isEqualTo(new LedgerEntry(
                            known,
                            HandSetClock.START,
                            Verdict.RECORDED,
                            "stored only: the backend takes no such event"));
        }
    }

    private static void enqueue(DispatcherFixture fixture, Event... events) {
        List.of(events).forEach(fixture.outbox::enqueue);
        eventually().until(() -> fixture.outbox.depth(ExchangingBackend.NAME) == 0);
    }
}
