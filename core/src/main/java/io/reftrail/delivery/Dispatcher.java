package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings waiting events to their backends in the background. One thread claims what is due, a bounded pool sends it; at
 * most {@link DeliverySettings#maxInFlight()} events of a backend are in memory for sending, however long the queue. No
 * thread exists before the first event. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    /** After an outbox that could not be reached, and between two looks at events that somebody else holds. */
    private static final Duration SHORT_REST = Duration.ofMillis(500);

    private final List<BackendQueue> queues;
    private final Outbox outbox;
    private final DeliverySettings settings;
    private final Senders senders;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile boolean closing;
    private volatile boolean stopped;
    private @Nullable Thread thread;

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
                transport,
                settings,
                listener,
                observer,
                Backoff.standard(() -> ThreadLocalRandom.current().nextDouble()),
                Clock.systemUTC());
    }

    Dispatcher(
            List<TrackingBackend> backends,
            Outbox outbox,
            HttpTransport transport,
            DeliverySettings settings,
            DeliveryListener listener,
            SendObserver observer,
            Backoff backoff,
            Clock clock) {
        this.queues = backends.stream()
                .map(backend -> new BackendQueue(backend, settings.maxInFlight(), clock))
                .toList();
        this.outbox = outbox;
        this.settings = settings;
        this.senders = new Senders(
                settings.maxInFlight() * backends.size(),
                outbox,
                new Delivery(transport, backoff, observer),
                new DeliveryReporter(listener),
                this::wake);
        outbox.onAvailable(this::wake);
    }

    /** Begins to look for events that were left by another process or a former life of this one. Returns at once. */
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
        boolean known = false;
        for (BackendQueue queue : queues) {
            if (queue.backend().name().equals(backend)) {
                queue.resume();
                known = true;
            }
        }
        wake();
        return known;
    }

    /** Looks for due events now rather than later. Returns at once. */
    public void wake() {
        signalled.set(true);
        LockSupport.unpark(started());
    }

    private synchronized @Nullable Thread started() {
        if (thread == null && !closing) {
            thread = DaemonThreads.named("reftrail-dispatcher").newThread(this::run);
            thread.start();
        }
        return thread;
    }

    private void run() {
        while (!stopped) {
            signalled.set(false);
            Duration rest = dispatchAll();
            if (closing && rest == null && queues.stream().allMatch(BackendQueue::isIdle)) {
                return;
            }
            if (!signalled.get()) {
                LockSupport.parkNanos(this, rest == null ? Long.MAX_VALUE : rest.toNanos());
            }
        }
    }

    /** Starts what is due and returns how long to rest then, or {@code null} if there is nothing to wait for. */
    private @Nullable Duration dispatchAll() {
        Duration rest = null;
        for (BackendQueue queue : queues) {
            Duration own;
            try {
                own = dispatch(queue);
            } catch (RuntimeException | Error failure) {
                logger.warn(
                        "The outbox gives no events for {}, next try in {}",
                        queue.backend().name(),
                        SHORT_REST,
                        RedactedFailure.of(failure));
                own = SHORT_REST;
            }
            rest = shorter(rest, own);
        }
        return rest;
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    private @Nullable Duration dispatch(BackendQueue queue) {
        String backend = queue.backend().name();
        int room = queue.room();
        List<Claim> claims = room == 0 ? List.of() : outbox.claim(backend, room, settings.lease());
        for (Claim claim : claims) {
            senders.send(queue, claim);
        }
        Duration rest = queue.rest();
        if (!rest.isZero()) {
            return closing || outbox.untilDue(backend) == null ? null : rest;
        }
        if (queue.room() == 0) {
            return null;
        }
        Duration due = outbox.untilDue(backend);
        if (due == null || (closing && !due.isZero())) {
            return null;
        }
        return due.isZero() && claims.isEmpty() ? SHORT_REST : due;
    }

    /**
     * Stops: sends what is due now and waits for what is in flight, up to the shutdown timeout. What is left stays in the
     * outbox.
     */
    @Override
    public void close() {
        Thread dispatcher;
        synchronized (this) {
            closing = true;
            dispatcher = thread;
        }
        if (dispatcher != null) {
            wake();
            join(dispatcher);
        }
        stopped = true;
        LockSupport.unpark(dispatcher);
        senders.stop();
    }

    private void join(Thread dispatcher) {
        try {
            dispatcher.join(Math.max(1, settings.shutdownTimeout().toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
