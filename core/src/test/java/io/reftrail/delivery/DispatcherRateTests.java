package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.delivery.BackendQueue.SendPermit;
import io.reftrail.outbox.Claim;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatcherRateTests {

    private static final String[] FIFTY =
            IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new);

    private final HandSetClock clock = new HandSetClock();

    @Test
    void noMoreIsSentThanTheBackendTakes() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(clock, limited(server, 120))) {
            fixture.enqueue("introw", FIFTY);
            eventually().until(() -> fixture.listener.heard().size() == 1);

            clock.advance(Duration.ofMinutes(1));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().size() == 13);
            fixture.lookAgain();
            assertThat(server.requests()).hasSize(13);

            clock.advance(Duration.ofSeconds(2));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().size() == 16);
            fixture.lookAgain();
            assertThat(server.requests()).hasSize(16);
        }
    }

    @Test
    void theDispatcherWakesForTheNextTokenByItself() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(limited(server, 6_000))) {
            fixture.enqueue("introw", FIFTY);

            eventually().until(() -> fixture.outbox.depth("introw") == 0);
        }
    }

    @Test
    void severalProcessesShareTheLimit() {
        WatchedOutbox outbox = new WatchedOutbox(clock);
        outbox.share(4);
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture =
                        DispatcherFixture.setup().clock(clock).outbox(outbox).to(limited(server, 120))) {
            fixture.enqueue("introw", FIFTY);
            fixture.dispatcher.start();
            eventually().until(() -> outbox.beats() == 1);

            clock.advance(Duration.ofMinutes(10));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().size() == 3);
            fixture.lookAgain();
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void whatWasNotSentCostsNoToken() {
        BackendQueue queue = new BackendQueue(IntrowBackend.of("key"), 4, clock, claim -> {});
        Claim claim = new Claim("1", "1", TestLeads.lead("introw", "a"), 0, Duration.ZERO);
        queue.add(List.of(claim, claim), Instant.MAX);
        SendPermit permit = Objects.requireNonNull(queue.next());
        assertThat(queue.next()).isNull();

        queue.unsent(permit);

        assertThat(queue.next()).isNotNull();
    }

    private static IntrowBackend limited(StubServer server, int callsPerMinute) {
        return IntrowBackend.builder("ik_secret")
                .baseUrl(server.url())
                .callsPerMinute(callsPerMinute)
                .build();
    }
}
