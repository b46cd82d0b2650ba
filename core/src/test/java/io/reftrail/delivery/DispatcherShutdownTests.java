package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RawServer;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatcherShutdownTests {

    private static final Duration SHUTDOWN = Duration.ofMillis(400);

    @Test
    void whatIsDueIsSentBeforeTheEnd() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture =
                        DispatcherFixture.with(patient(Duration.ofSeconds(20)), introw(server.url()))) {
            fixture.enqueue(
                    "introw", IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new));

            fixture.dispatcher.close();

            assertThat(fixture.outbox.depth("introw")).isZero();
            assertThat(server.requests()).hasSize(50);
        }
    }

    @Test
    void aBackendThatHangsDoesNotHoldTheEndAndLosesNothing() {
        try (RawServer server = RawServer.with(RawServer.HANG);
                DispatcherFixture fixture = DispatcherFixture.with(patient(SHUTDOWN), introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> server.connections() == 1);

            assertTimeoutPreemptively(SHUTDOWN.plusSeconds(4), fixture::close);

            assertThat(fixture.outbox.depth("introw")).isOne();
        }
    }

    @Test
    void whatIsNotDueYetIsNotWaitedFor() {
        try (StubServer server = StubServer.answering(Answer.of(500, ""));
                DispatcherFixture fixture = DispatcherFixture.with(new HandSetClock(), introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);

            assertTimeoutPreemptively(Duration.ofSeconds(1), fixture::close);

            assertThat(fixture.outbox.depth("introw")).isOne();
        }
    }

    @Test
    void aPausedQueueIsNotWaitedFor() {
        try (StubServer server = StubServer.answering(Answer.of(401, ""));
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);

            assertTimeoutPreemptively(Duration.ofSeconds(1), fixture::close);
        }
    }

    @Test
    void closingTwiceOrUnusedIsNothingSpecial() {
        try (DispatcherFixture fixture = DispatcherFixture.to(introw("http://localhost:1"))) {
            fixture.dispatcher.close();
            fixture.dispatcher.close();
            fixture.enqueue("introw", "late");

            assertThat(fixture.outbox.depth("introw")).isOne();
        }
    }

    private static DeliverySettings patient(Duration shutdown) {
        return new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(30), 4, shutdown);
    }
}
