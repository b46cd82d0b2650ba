package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.IntrowBackend;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Duration;
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

    private static IntrowBackend limited(StubServer server, int callsPerMinute) {
        return new IntrowBackend("ik_secret", server.url(), callsPerMinute);
    }
}
