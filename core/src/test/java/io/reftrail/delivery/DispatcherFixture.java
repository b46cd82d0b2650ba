package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.testing.TestLeads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A dispatcher between an outbox in memory and real connections, with short times. */
final class DispatcherFixture implements AutoCloseable {

    static final DeliverySettings QUICK =
            new DeliverySettings(Duration.ofMillis(300), Duration.ofMillis(300), 4, Duration.ofSeconds(2));

    static final Backoff QUICK_BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), () -> 0.5);

    final RecordingListener listener = new RecordingListener();
    final WatchedOutbox outbox;
    final Dispatcher dispatcher;
    private final HttpClientTransport transport;

    private DispatcherFixture(
            DeliverySettings settings, Clock clock, DeliveryListener also, List<TrackingBackend> backends) {
        outbox = new WatchedOutbox(clock);
        transport = new HttpClientTransport(settings, backends.size());
        dispatcher = new Dispatcher(
                backends,
                outbox,
                settings,
                new Delivery(transport, QUICK_BACKOFF, SendObserver.NONE),
                also == DeliveryListener.NONE ? listener : also,
                SenderThreads.create(settings.maxInFlight() * backends.size()),
                clock);
    }

    static DispatcherFixture to(TrackingBackend... backends) {
        return new DispatcherFixture(QUICK, Clock.systemUTC(), DeliveryListener.NONE, List.of(backends));
    }

    static DispatcherFixture with(DeliverySettings settings, TrackingBackend... backends) {
        return new DispatcherFixture(settings, Clock.systemUTC(), DeliveryListener.NONE, List.of(backends));
    }

    static DispatcherFixture with(Clock clock, TrackingBackend... backends) {
        return new DispatcherFixture(QUICK, clock, DeliveryListener.NONE, List.of(backends));
    }

    static DispatcherFixture with(DeliveryListener listener, TrackingBackend... backends) {
        return new DispatcherFixture(QUICK, Clock.systemUTC(), listener, List.of(backends));
    }

    void enqueue(String backend, String... customers) {
        for (String customer : customers) {
            outbox.enqueue(TestLeads.lead(backend, customer));
        }
    }

    /** Wakes the dispatcher and waits until it has looked at the outbox after that. */
    void lookAgain() {
        int before = outbox.looks();
        dispatcher.wake();
        eventually().until(() -> outbox.looks() > before);
    }

    static ConditionFactory eventually() {
        return Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5));
    }

    @Override
    public void close() {
        dispatcher.close();
        transport.close();
        outbox.close();
    }
}
