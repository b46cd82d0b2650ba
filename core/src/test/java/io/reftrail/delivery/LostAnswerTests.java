package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.model.Attribution;
import io.reftrail.model.Lead;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.TestEvents;
import io.reftrail.testing.TestLeads;
import io.reftrail.testing.UnreachableTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** What follows a call whose answer is lost, by what the backend says of repetitions. */
class LostAnswerTests {

    static TrackingBackend acme(String repeat, String url) {
        return BackendDeclaration.of("acme", """
                        {"name": "acme",
                         "capture": [{"parameters": ["a"], "cookie": "a", "window": "30d"}],
                         "calls": {"lead": {"path": "/x", "json": {"c": "{customer.id}"}, "repeat": "%s",
                           "answers": [{"status": 200, "at": "/ok", "is": true, "outcome": "recorded"}]}}}
                        """.formatted(repeat)).backend(Map.of("base-url", url));
    }

    @ParameterizedTest
    @CsvSource({"recognised", "at-least-once"})
    void anEventThatMayBeRepeatedIsSentAgain(String repeat) {
        try (StubServer server = StubServer.answering(Answer.of(500, ""), Answer.of(200, "{\"ok\":true}"));
                DispatcherFixture fixture = DispatcherFixture.to(acme(repeat, server.url()))) {
            fixture.enqueue("acme", "a");
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | ''              | HTTP 500",
                "502 | <html>          | HTTP 502 with HTML",
                "504 | ''              | HTTP 504",
                "200 | <html>          | HTTP 200 without a known answer",
                "200 | {\"ok\":false}  | HTTP 200 without a known answer",
            })
    void anEventThatMustNotBeRepeatedIsGivenUp(int status, String body, String reason) {
        try (StubServer server = StubServer.answering(Answer.of(status, body), Answer.of(200, "{\"ok\":true}"));
                DispatcherFixture fixture = DispatcherFixture.setup()
                        .connections(DeliverySettings.DEFAULT)
                        .to(acme("at-most-once", server.url()))) {
            fixture.enqueue("acme", "a");
            eventually().until(() -> fixture.outbox.dead(10).size() == 1);
            fixture.lookAgain();
            assertThat(server.requests()).hasSize(1);
            DeadEvent dead = fixture.outbox.dead(10).get(0);
            assertThat(dead.reason()).contains("must not be sent twice").contains(reason);

            fixture.outbox.replay(dead.id());
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatNeverComesIsALostOne() {
        CountDownLatch end = new CountDownLatch(1);
        try (StubServer server = StubServer.answering(received -> {
                    await(end);
                    return Answer.of(200, "{\"ok\":true}");
                });
                DispatcherFixture fixture = DispatcherFixture.to(acme("at-most-once", server.url()))) {
            fixture.enqueue("acme", "a");
            eventually().until(() -> fixture.outbox.dead(10).size() == 1);
            assertThat(server.requests()).hasSize(1);
            end.countDown();
        }
    }

    /** An orderly shutdown interrupts the call; the next process must not make it again. */
    @Test
    void anEventWhoseProcessEndedDuringTheCallIsNotSentAgain() {
        CountDownLatch end = new CountDownLatch(1);
        HandSetClock clock = new HandSetClock();
        WatchedOutbox outbox = new WatchedOutbox(clock);
        try (StubServer server = StubServer.answering(received -> {
            await(end);
            return Answer.of(200, "{\"ok\":true}");
        })) {
            DispatcherFixture first = DispatcherFixture.setup()
                    .clock(clock)
                    .outbox(outbox)
                    .settings(new DeliverySettings(
                            Duration.ofSeconds(30), Duration.ofSeconds(30), 4, Duration.ofMillis(50)))
                    .to(acme("at-most-once", server.url()));
            first.enqueue("acme", "a");
            eventually().until(() -> server.requests().size() == 1);
            first.close();
            clock.advance(Duration.ofHours(1));

            try (DispatcherFixture second =
                    DispatcherFixture.setup().clock(clock).outbox(outbox).to(acme("at-most-once", server.url()))) {
                second.lookAgain();
                eventually().until(() -> outbox.dead(10).size() == 1);
            }
            assertThat(server.requests()).hasSize(1);
            end.countDown();
        }
    }

    @Test
    void anEventThatTheBackendTakesNoCallForIsStoredOnly() {
        Claim claim = new Claim(
                "1",
                "1",
                TestEvents.sale(new Attribution("acme", "x", null), "a", "in_1"),
                0,
                Duration.ZERO,
                null,
                true);
        TrackingBackend backend = acme("at-most-once", "https://localhost");
        Delivery delivery = new Delivery(new UnreachableTransport(), Backoff.standard(() -> 0.5), List.of());

        assertThat(delivery.settlementWithoutCall(backend, claim, claim.event()))
                .isInstanceOf(Settlement.Done.class);
    }

    @Test
    void aBackendThatFailsIsNotAskedTwiceWhetherAnEventMayBeSentAgain() {
        TrackingBackend backend = Mockito.spy(acme("at-most-once", "https://localhost"));
        Mockito.doThrow(new IllegalStateException()).when(backend).isRepeatable(Mockito.any());
        Claim claim = new Claim("1", "1", TestLeads.lead("acme", "a"), 0, Duration.ZERO, null, true);

        assertThat(Delivery.mayHaveBeenSent(backend, claim)).isTrue();
    }

    /** An operator who reads that it is too old would replay it. */
    @Test
    void anEventThatMayHaveBeenSentSaysSoThoughItIsTooOld() {
        Claim claim = new Claim("1", "1", TestLeads.lead("acme", "a"), 0, Duration.ofDays(1000), null, true);
        Delivery delivery = new Delivery(new UnreachableTransport(), Backoff.standard(() -> 0.5), List.of());

        assertThat(delivery.settlementWithoutCall(acme("at-most-once", "https://localhost"), claim, claim.event()))
                .isInstanceOfSatisfying(
                        Settlement.Dead.class, dead -> assertThat(dead.reason()).startsWith(DeadEvent.MAY_BE_RECORDED));
    }

    /** Waiting for the click would remove the mark that the event may have been sent. */
    @Test
    void anEventThatMayHaveBeenSentIsGivenUpThoughItsClickWasReplayed() {
        TrackingBackend backend = acme("at-most-once", "https://localhost");
        Lead lead = TestLeads.lead("acme", "a").following("click");
        LedgerEntry replayed = new LedgerEntry(lead.attribution(), Instant.EPOCH, null, null);
        Claim claim = new Claim("1", "1", lead, 0, Duration.ZERO, replayed, true);
        Delivery delivery = new Delivery(new UnreachableTransport(), Backoff.standard(() -> 0.5), List.of());

        assertThat(delivery.settlementWithoutCall(backend, claim, lead)).isInstanceOf(Settlement.Dead.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Too many calls, maintenance and refused credentials are answers: nothing was recorded. */
    @ParameterizedTest
    @CsvSource({"429", "503", "401"})
    void anAnswerThatTheEventWasNotTakenLetsItWait(int status) {
        try (StubServer server = StubServer.answering(Answer.of(status, ""), Answer.of(200, "{\"ok\":true}"));
                DispatcherFixture fixture = DispatcherFixture.to(acme("at-most-once", server.url()))) {
            fixture.enqueue("acme", "a");
            eventually().until(() -> fixture.dispatcher.status().get(0).state() != QueueStatus.State.RUNNING);
            assertThat(fixture.outbox.dead(10)).isEmpty();
            fixture.dispatcher.resume("acme");
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
        }
    }

    @Test
    void aBackendThatFailsBeforeTheCallLosesNoAnswer() {
        try (StubServer server = StubServer.answering(Answer.of(200, "{\"ok\":true}"))) {
            TrackingBackend backend = Mockito.spy(acme("at-most-once", server.url()));
            Mockito.doThrow(new IllegalStateException())
                    .doCallRealMethod()
                    .when(backend)
                    .call(Mockito.any());
            try (DispatcherFixture fixture = DispatcherFixture.to(backend)) {
                fixture.enqueue("acme", "a");
                eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void aBackendThatFailsAfterTheCallHasLostTheAnswer() {
        try (StubServer server = StubServer.answering(Answer.of(200, "{\"ok\":true}"))) {
            TrackingBackend backend = Mockito.spy(acme("at-most-once", server.url()));
            Mockito.doThrow(new IllegalStateException()).when(backend).outcome(Mockito.any(), Mockito.any());
            Mockito.doReturn(false)
                    .doThrow(new IllegalStateException())
                    .when(backend)
                    .isRepeatable(Mockito.any());
            try (DispatcherFixture fixture = DispatcherFixture.to(backend)) {
                fixture.enqueue("acme", "a");
                eventually().until(() -> fixture.outbox.dead(10).size() == 1);
                fixture.lookAgain();
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void aCallThatWasNeverMadeIsNoLostAnswer() {
        String nobody;
        try (StubServer server = StubServer.answering(Answer.of(200, ""))) {
            nobody = server.url();
        }
        try (DispatcherFixture fixture = DispatcherFixture.to(acme("at-most-once", nobody))) {
            fixture.enqueue("acme", "a");
            eventually().until(() -> fixture.dispatcher.status().get(0).state() != QueueStatus.State.RUNNING);
            assertThat(fixture.outbox.dead(10)).isEmpty();
            assertThat(fixture.outbox.depth("acme")).isEqualTo(1);
        }
    }
}
