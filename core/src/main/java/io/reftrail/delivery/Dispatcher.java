package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Brings waiting events to their backends in the background. One thread does all that concerns the outbox, in batches;
 * others send, at most {@link DeliverySettings#maxInFlight()} calls to a backend at a time. Of a backend's events a few
 * times that number are in memory, however long the queue and however long an outage. No thread exists before the first
 * event or {@link #start()}. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {

    /** What the last settlements may take beyond the shutdown timeout. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final List<BackendQueue> queues;
    private final Outbox outbox;
    private final DeliverySettings settings;
    private final Senders senders;
    private final DispatcherThread thread;

    /**
     * @param backends where events go
     * @param outbox where they wait
     * @param transport how they are sent; not closed by this dispatcher
     * @param settings limits
     * @param listener told how deliveries go
     * @param observer stands around each send
     */
    public Dispatcher(
            List<TrackingBackend> backends,
            Outbox outbox,
            HttpTransport transport,
            DeliverySettings settings,
            DeliveryListener listener,
            SendObserver observer) {
        this(
                backends,
                outbox,
                settings,
                new Delivery(
                        transport,
                        Backoff.standard(() -> ThreadLocalRandom.current().nextDouble()),
                        observer),
                listener,
                SenderThreads.create(),
                new MonotonicClock());
    }

    Dispatcher(
            List<TrackingBackend> backends,
            Outbox outbox,
            DeliverySettings settings,
            Delivery delivery,
            DeliveryListener listener,
            ExecutorService threads,
            Clock clock) {
        Outages outages = new Outages();
        Settlements settlements = new Settlements(outbox, outages);
        this.queues = backends.stream()
                .map(backend -> new BackendQueue(backend, settings.maxInFlight(), clock, settlements::release))
                .toList();
        this.outbox = outbox;
        this.settings = settings;
        this.senders = new Senders(threads, settlements, delivery, new DeliveryReporter(listener));
        DispatchLoop loop = new DispatchLoop(
                queues.stream()
                        .map(queue -> new Fetcher(queue, outbox, settings, clock, outages))
                        .toList(),
                settlements,
                senders,
                outbox.isShared() ? new Upkeep(outbox, queues, Upkeep.firstPurge()) : null);
        senders.whenDone(loop::signal);
        this.thread = new DispatcherThread(loop);
        outbox.onAvailable(thread::wake);
    }

    /**
     * Begins to look for events that were left by another process or a former life of this one, now and at every
     * {@link DeliverySettings#pollInterval()}. Returns at once; does nothing where nobody else leaves events.
     */
    public void start() {
        if (outbox.isShared()) {
            wake();
        }
    }

    /** How each backend's queue stands. */
    public List<QueueStatus> status() {
        return queues.stream().map(BackendQueue::status).toList();
    }

    /**
     * Ends a backend's pause: the next call goes ahead at once as a probe.
     *
     * @return whether there is such a backend
     */
    public boolean resume(String backend) {
        List<BackendQueue> named = queues.stream()
                .filter(queue -> queue.backend().name().equals(backend))
                .toList();
        named.forEach(BackendQueue::resume);
        wake();
        return !named.isEmpty();
    }

    /** Looks for due events now rather than later. Returns at once. */
    public void wake() {
        thread.wake();
    }

    /**
     * Stops within the shutdown timeout, or a second later at most, even if the outbox hangs. Sends what is due now and
     * waits for what is in flight; then gives back what was not sent, so that others may send it at once, and interrupts
     * what is still in flight: the backend may have it, so nobody gets it before its lease has ended. An outbox that
     * hangs leaves both to the leases.
     */
    @Override
    public void close() {
        thread.close(settings.shutdownTimeout(), GRACE);
        senders.stop();
    }
}
