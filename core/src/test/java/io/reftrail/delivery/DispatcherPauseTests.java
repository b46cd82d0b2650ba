package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pause holds a whole queue, costs no attempt, and ends with a probe. */
class DispatcherPauseTests {

    private final HandSetClock clock = new HandSetClock();

    @ParameterizedTest
    @CsvSource({
        "401, , PT5M",
        "402, , PT5M",
        "403, , PT5M",
        "404, , PT5M",
        "429, 120, PT2M",
        "429, , PT30S",
        "503, 7, PT7S"
    })
    void theQueueRestsForAsLongAsTheAnswerSays(int status, @Nullable String retryAfter, Duration pause) {
        Answer refusal = new Answer(status, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter), "");
        try (StubServer server = StubServer.answering(refusal, Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(clock, introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);
            fixture.enqueue("introw", "b");

            clock.advance(pause.minusMillis(1));
            fixture.lookAgain();
            assertThat(server.requests()).hasSize(1);

            clock.advance(Duration.ofMillis(1));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.outbox.depth("introw") == 0);
            assertThat(server.requests()).hasSize(3);
            assertThat(fixture.listener.heard().get(0)).startsWith("introw PAUSE " + pause + " HTTP " + status);
            assertThat(fixture.outbox.settlements()).noneMatch(Settlement.Retry.class::isInstance);
        }
    }

    @Test
    void aRefusedProbeIsTheOnlyCallUntilTheNextOne() {
        Answer refusal = Answer.of(401, "");
        try (StubServer server = StubServer.answering(refusal, refusal, refusal, Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(clock, introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);
            fixture.enqueue("introw", "b", "c", "d");

            for (int probe = 2; probe <= 3; probe++) {
                int calls = probe;
                clock.advance(Duration.ofMinutes(5));
                fixture.dispatcher.wake();
                eventually().until(() -> fixture.outbox.settlements().size() == calls);
                fixture.lookAgain();
                assertThat(server.requests()).hasSize(calls);
            }

            clock.advance(Duration.ofMinutes(5));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.outbox.depth("introw") == 0);
            assertThat(server.requests()).hasSize(3 + 4);
            assertThat(fixture.listener.heard())
                    .containsExactlyInAnyOrder(
                            "introw PAUSE PT5M HTTP 401: check the API key",
                            "a RECORDED",
                            "b RECORDED",
                            "c RECORDED",
                            "d RECORDED");
        }
    }

    @Test
    void anotherBackendGoesOn() {
        try (StubServer refusing = StubServer.answering(Answer.of(401, ""));
                StubServer server = StubServer.answering(Answer.of(200, "{}"));
                DispatcherFixture fixture = DispatcherFixture.with(
                        clock,
                        introw(refusing.url()),
                        RefportBackend.builder("rk_secret")
                                .baseUrl(server.url())
                                .build())) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);

            fixture.enqueue("refport", "b");

            eventually().until(() -> fixture.listener.heard().contains("b RECORDED"));
            assertThat(refusing.requests()).hasSize(1);
        }
    }

    @Test
    void nobodyWhoSetsTheSystemsTimeEndsAPause() {
        HandSetClock wallClock = new HandSetClock();
        Answer refusal = new Answer(429, Map.of("Retry-After", "60"), "");
        try (StubServer server = StubServer.answering(refusal, Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.setup()
                        .clock(clock)
                        .outbox(new WatchedOutbox(wallClock))
                        .to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);

            wallClock.advance(Duration.ofDays(1));
            fixture.lookAgain();
            assertThat(server.requests()).hasSize(1);

            clock.advance(Duration.ofSeconds(60));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
        }
    }
}
