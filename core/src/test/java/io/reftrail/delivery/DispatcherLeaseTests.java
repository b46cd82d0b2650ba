package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.RawServer;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one process holds when it ends, another one gets: at once if it was not sent, else after its lease. */
class DispatcherLeaseTests {

    private static final Duration SHUTDOWN = Duration.ofMillis(300);
    private static final DeliverySettings LONG_LEASES =
            new DeliverySettings(Duration.ofSeconds(30), Duration.ofSeconds(30), 2, SHUTDOWN);
    private static final String[] TEN =
            IntStream.range(0, 10).mapToObj(Integer::toString).toArray(String[]::new);

    private final InMemoryOutbox shared = new InMemoryOutbox(100, Clock.systemUTC());

    @Test
    void whatWasNotSentGoesToAnotherProcessAtOnceAndWhatMayHaveBeenSentDoesNot() {
        try (RawServer hanging = RawServer.with(RawServer.HANG);
                StubServer server = StubServer.answering(Answer.recorded())) {
            DispatcherFixture first = process(hanging.url());
            first.enqueue("introw", TEN);
            eventually().until(() -> hanging.connections() == LONG_LEASES.maxInFlight());
            first.dispatcher.close();

            try (DispatcherFixture second = process(server.url())) {
                second.dispatcher.wake();
                eventually().until(() -> second.listener.heard().size() == 8);
                second.lookAgain();

                assertThat(server.requests()).hasSize(8);
                assertThat(shared.depth("introw")).isEqualTo(2);
                assertThat(first.listener.heard()).isEmpty();
            }
        }
    }

    @Test
    void theEndComesInTimeThoughTheOutboxHangs() {
        CountDownLatch hanging = new CountDownLatch(1);
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = process(server.url())) {
            fixture.outbox.beforeSettle(number -> await(hanging));
            fixture.enqueue("introw", "a");
            eventually().until(() -> server.requests().size() == 1);

            assertTimeoutPreemptively(SHUTDOWN.plus(Dispatcher.GRACE).plusSeconds(1), fixture.dispatcher::close);
            hanging.countDown();
        }
    }

    @Test
    void whatWasSentBeforeTheEndIsSettledBeforeTheEnd() {
        CountDownLatch slow = new CountDownLatch(1);
        try (StubServer server = StubServer.answering(request -> {
                    await(slow);
                    return Answer.recorded();
                });
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> server.requests().size() == 1);
            Thread closing = new Thread(fixture.dispatcher::close);
            closing.start();
            eventually().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

            slow.countDown();
            eventually().until(() -> !closing.isAlive());

            assertThat(fixture.listener.heard()).containsExactly("a RECORDED");
        }
    }

    @Test
    void anInterruptOfTheClosingThreadDoesNotReachTheLastSettlement() {
        CountDownLatch slow = new CountDownLatch(1);
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            CountDownLatch settling = new CountDownLatch(1);
            fixture.outbox.beforeSettle(number -> {
                settling.countDown();
                await(slow);
                if (Thread.currentThread().isInterrupted()) {
                    throw new OutboxException("interrupted");
                }
            });
            fixture.enqueue("introw", "a");
            eventually().until(() -> settling.getCount() == 0);
            Thread closing = new Thread(fixture.dispatcher::close);
            closing.start();
            closing.interrupt();
            eventually().until(() -> closing.getState() == Thread.State.TIMED_WAITING || !closing.isAlive());

            slow.countDown();
            eventually().until(() -> !closing.isAlive());

            assertThat(fixture.listener.heard()).containsExactly("a RECORDED");
        }
    }

    @Test
    void aPauseReleasesWhatWaitsForItsTurn() {
        Answer refusal = Answer.of(401, "");
        CountDownLatch slow = new CountDownLatch(1);
        try (StubServer server = StubServer.answering(request -> {
                    await(slow);
                    return refusal;
                });
                DispatcherFixture fixture = process(server.url())) {
            fixture.enqueue("introw", TEN);
            eventually().until(() -> fixture.outbox.claimed() > LONG_LEASES.maxInFlight());
            eventually().until(() -> server.requests().size() == LONG_LEASES.maxInFlight());
            slow.countDown();

            eventually().until(() -> fixture.outbox.settlements().size() == fixture.outbox.claimed());
            assertThat(fixture.outbox.settlements()).containsOnly(new Settlement.Postponed(Duration.ZERO));
            assertThat(server.requests()).hasSize(LONG_LEASES.maxInFlight());
        }
    }

    private DispatcherFixture process(String url) {
        return DispatcherFixture.setup()
                .settings(LONG_LEASES)
                .outbox(new WatchedOutbox(shared))
                .to(introw(url));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
