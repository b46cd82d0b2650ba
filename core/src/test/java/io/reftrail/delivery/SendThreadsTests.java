package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestLeads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendThreadsTests {

    private final HandSetClock clock = new HandSetClock();
    private final WatchedOutbox outbox = new WatchedOutbox(clock);
    private final SettlementBuffer settlements = new SettlementBuffer(outbox, new OutboxFailures());
    private final BackendQueue queue = new BackendQueue(RefportBackend.of("key"), 2, clock, settlements::giveBack);
    private final ExecutorService threads = SendThreads.pool();
    private final CountDownLatch sending = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void whatIsInterruptedIsLeftToItsLeaseBecauseTheBackendMayHaveIt() {
        SendThreads senders = senders(new HangingTransport());
        hold();
        senders.start(queue);
        eventually().until(() -> sending.getCount() == 0);

        senders.stop();
        eventually().until(queue::isIdle);

        assertThat(settlements.isEmpty()).isTrue();
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        SendThreads senders = senders(new HangingTransport());
        senders.stop();
        hold();

        senders.start(queue);

        assertThat(queue.status().inFlight()).isZero();
    }

    @Test
    void withoutAThreadAnEventWaits() {
        threads.shutdownNow();
        SendThreads senders = senders(new HangingTransport());
        hold();

        senders.start(queue);
        settlements.flush();

        assertThat(queue.isIdle()).isTrue();
        assertThat(outbox.settlements()).containsExactly(new Settlement.Postponed(Duration.ofSeconds(1)));
    }

    private SendThreads senders(HttpTransport transport) {
        return new SendThreads(
                threads,
                settlements,
                new Delivery(transport, DispatcherFixture.QUICK_BACKOFF, List.of()),
                new DeliveryReporter(DeliveryListener.NONE),
                () -> {});
    }

    private void hold() {
        queue.add(List.of(new Claim("1", "1", TestLeads.lead("refport", "a"), 0, Duration.ZERO)), Instant.MAX);
    }

    private final class HangingTransport implements HttpTransport {

        @Override
        public HttpReply send(HttpCall call) throws IOException {
            sending.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("interrupted");
        }

        @Override
        public void close() {}
    }
}
