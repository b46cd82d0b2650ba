package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.testing.TestLeads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A dispatcher between an outbox in memory and real connections, with short times. */
final class DispatcherFixture implements AutoCloseable {

    static final DeliverySettings QUICK =
            new DeliverySettings(Duration.ofMillis(300), Duration.ofMillis(300), 4, Duration.ofSeconds(2));

    static final Backoff QUICK_BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), () -> 0.5);

    final RecordingListener listener = new RecordingListener();
    final WatchedOutbox outbox;
    final Dispatcher dispatcher;
    private final HttpClientTransport transport;

    private DispatcherFixture(Setup setup, List<TrackingBackend> backends) {
        outbox = setup.outbox == null ? new WatchedOutbox(setup.clock) : setup.outbox;
        transport = new HttpClientTransport(setup.connections, backends.size());
        dispatcher = new Dispatcher(
                backends,
                outbox,
                setup.settings,
                new Delivery(transport, QUICK_BACKOFF, List.of(setup.observer)),
                setup.listener == null ? listener : setup.listener,
                setup.threads == null ? SendThreads.executor() : setup.threads,
                setup.clock);
    }

    static Setup setup() {
        return new Setup();
    }

    static DispatcherFixture to(TrackingBackend... backends) {
        return setup().to(backends);
    }

    static DispatcherFixture with(DeliverySettings settings, TrackingBackend... backends) {
        return setup().settings(settings).to(backends);
    }

    static DispatcherFixture with(Clock clock, TrackingBackend... backends) {
        return setup().clock(clock).to(backends);
    }

    static DispatcherFixture with(DeliveryListener listener, TrackingBackend... backends) {
        return setup().listener(listener).to(backends);
    }

    /** What a test wants otherwise than usual. */
    static final class Setup {

        private DeliverySettings settings = QUICK;
        private DeliverySettings connections = QUICK;
        private Clock clock = Clock.systemUTC();
        private SendObserver observer = SendObserver.NONE;
        private @Nullable DeliveryListener listener;
        private @Nullable WatchedOutbox outbox;
        private @Nullable ExecutorService threads;

        Setup settings(DeliverySettings value) {
            settings = value;
            return connections(value);
        }

        Setup connections(DeliverySettings value) {
            connections = value;
            return this;
        }

        Setup clock(Clock value) {
            clock = value;
            return this;
        }

        Setup observer(SendObserver value) {
            observer = value;
            return this;
        }

        Setup listener(DeliveryListener value) {
            listener = value;
            return this;
        }

        Setup outbox(WatchedOutbox value) {
            outbox = value;
            return this;
        }

        Setup threads(ExecutorService value) {
            threads = value;
            return this;
        }

        DispatcherFixture to(TrackingBackend... backends) {
            return new DispatcherFixture(this, List.of(backends));
        }
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
