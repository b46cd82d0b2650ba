package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.delivery.internal.DaemonThreads;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dispatcher of the outbox's events, which delivers them to their backends in the background. One thread makes all calls to
 * the outbox that delivery needs: it writes settlements and claims events, both in batches. Other threads send, at most
 * {@link DeliverySettings#maxInFlight()} events to a backend at a time. At most a few times that number of events are in memory,
 * whatever the length of the backlog. No thread exists before the first event or {@link #start()}. Thread-safe.
 *
 * <p>The path of an event: {@link Claimer} claims it, {@link BackendQueue} buffers it, {@link SendThreads} and {@link Delivery}
 * send it, and {@link SettlementBuffer} writes its settlement.
 */
public final class Dispatcher implements AutoCloseable {

    /** The time for the last settlements beyond the shutdown timeout. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration DELAY_AFTER_A_DEFECT = Duration.ofMillis(500);

    /**
     * The shortest time between two rounds on a shared outbox, unless a whole batch waits. Each commit of delivery delays the
     * commits of sign-ups, because they use the same disk.
     */
    static final Duration BETWEEN_ROUNDS = Duration.ofMillis(50);

    /** The number of settlements that are written without waiting for more. */
    private static final int SETTLEMENT_BATCH = 16;

    private static final String LOOK_FOR_EVENTS = "look for events";

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private final List<BackendQueue> queues;
    private final List<Claimer> claimers;
    private final Outbox outbox;
    private final DeliverySettings settings;
    private final SettlementBuffer settlements;
    private final SendThreads sendThreads;
    private final @Nullable Housekeeping housekeeping;
    private final OutboxFailures failures = new OutboxFailures();

    /** The time to look for events that were not announced. */
    private final Timer poll = new Timer();

    /** Whether the thread has something to do before its next timer. */
    private final AtomicBoolean signalled = new AtomicBoolean();

    /** Whether events may be due before any timer expires. */
    private final AtomicBoolean eventsDue = new AtomicBoolean();

    private volatile @Nullable Thread thread;
    private volatile boolean closing;
    private volatile boolean stopped;
    private boolean closed;

    /**
     * @param backends the receivers of events
     * @param outbox the source of events; not closed by this dispatcher
     * @param transport the transport; not closed by this dispatcher
     * @param settings limits and timeouts
     * @param listener a listener that is notified of the results
     * @param observers observers that surround each send, the outermost first
     */
    public Dispatcher(
            List<TrackingBackend> backends,
            Outbox outbox,
            HttpTransport transport,
            DeliverySettings settings,
            DeliveryListener listener,
            List<SendObserver> observers) {
        this(
                backends,
                outbox,
                settings,
                new Delivery(
                        transport,
                        Backoff.standard(() -> ThreadLocalRandom.current().nextDouble()),
                        observers),
                listener,
                SendThreads.executor(),
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
        this.outbox = outbox;
        this.settings = settings;
        this.settlements = new SettlementBuffer(outbox, failures);
        this.queues = backends.stream()
                .map(backend -> new BackendQueue(backend, settings.maxInFlight(), clock, settlements::giveBack))
                .toList();
        this.claimers = queues.stream()
                .map(queue -> new Claimer(queue, outbox, settings, clock, failures))
                .toList();
        this.sendThreads =
                new SendThreads(threads, settlements, delivery, new DeliveryReporter(listener), this::signal);
        this.housekeeping = outbox.isShared() ? new Housekeeping(outbox, queues, Housekeeping.firstPurge()) : null;
        outbox.onAvailable(this::wake);
    }

    /**
     * Starts to look for events that another process or an earlier run has left, now and at every
     * {@link DeliverySettings#pollInterval()}. Returns at once. Does nothing for an outbox that is not shared.
     */
    public void start() {
        if (outbox.isShared() && thread == null) {
            startThread();
        }
    }

    /** Returns the state of each backend's queue. */
    public List<QueueStatus> status() {
        return queues.stream().map(BackendQueue::status).toList();
    }

    /**
     * Ends a backend's pause: the next event is sent at once as a probe.
     *
     * @return whether there is a backend of this name
     */
    public boolean resume(String backend) {
        List<BackendQueue> named = queues.stream()
                .filter(queue -> queue.backend().name().equals(backend))
                .toList();
        named.forEach(BackendQueue::resume);
        wake();
        return !named.isEmpty();
    }

    /** Looks for due events now. Returns at once. */
    public void wake() {
        signalEventsDue();
        if (thread == null) {
            startThread();
        }
    }

    private synchronized void startThread() {
        if (thread != null || closed) {
            return;
        }
        try {
            Thread started = new DaemonThreads("reftrail-dispatcher").newThread(this::run);
            started.start();
            thread = started; // set here too, so that signal() finds it before the thread has run
        } catch (Error failure) { // no more native threads
            logger.error(
                    "Could not start the dispatcher's thread; events wait until the next one is reported",
                    RedactedFailure.of(failure));
        }
    }

    private void signalEventsDue() {
        eventsDue.set(true);
        signal();
    }

    private void signal() {
        if (signalled.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        }
    }

    /** Runs on the dispatcher's thread until the dispatcher is closed. */
    private void run() {
        thread = Thread.currentThread();
        while (!stopped) {
            signalled.set(false); // before the work is read: a later signal must not be lost
            Duration delay = runSafely();
            if (closing && delay == null && isDone()) {
                break;
            }
            long next = System.nanoTime() + BETWEEN_ROUNDS.toNanos();
            if (!signalled.get()) {
                LockSupport.parkNanos(this, delay == null ? Long.MAX_VALUE : delay.toNanos());
            }
            if (outbox.isShared()) {
                awaitBatch(next);
            }
        }
        sendThreads.stop();
        queues.forEach(BackendQueue::giveBackAll);
        settlements.flushNow();
        settlements.reportUnsettled();
    }

    /**
     * Waits until there is a whole batch.
     *
     * @param longest the nanosecond at which the wait ends in any case
     */
    private void awaitBatch(long longest) {
        for (long left = longest - System.nanoTime(); left > 0; left = longest - System.nanoTime()) {
            signalled.set(false); // before the batch is looked for: a later signal must not be lost
            if (closing || hasBatch()) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private boolean hasBatch() {
        return settlements.arrived() >= SETTLEMENT_BATCH || claimers.stream().anyMatch(Claimer::hasBatch);
    }

    private boolean isDone() {
        return queues.stream().allMatch(BackendQueue::isIdle) && settlements.isEmpty();
    }

    private @Nullable Duration runSafely() {
        try {
            return settleAndClaim();
        } catch (RuntimeException | Error defect) {
            logger.error("The dispatcher failed; it continues in {}", DELAY_AFTER_A_DEFECT, RedactedFailure.of(defect));
            return DELAY_AFTER_A_DEFECT;
        }
    }

    /** Writes settlements, then claims and sends as many events as there is room for. Returns the time until the next timer. */
    private @Nullable Duration settleAndClaim() {
        boolean due = eventsDue.getAndSet(false);
        Duration outage = settlements.flush();
        if (outage != null && settlements.hasOnlyFailingSettlements()) {
            outage = settlements.retryOnceAndDrop(claimers.get(0)::outboxWorks);
        }
        if (outage != null) {
            eventsDue.set(true);
            return outage;
        }
        Duration delay = housekeeping == null || closing ? null : housekeeping.run();
        if (outbox.isShared() && !closing) {
            delay = Timer.shorter(delay, lookForEvents());
        }
        Set<String> settled = settlements.settledBackends();
        for (Claimer claimer : claimers) {
            BackendQueue queue = claimer.queue();
            sendThreads.start(queue); // makes room after a pause, or when there are new tokens
            claimer.claimIfDue(due || settled.contains(queue.backend().name()), closing);
            sendThreads.start(queue);
            delay = Timer.shorter(delay, claimer.remaining());
        }
        return delay;
    }

    /** Asks in one statement for all backends, if it is time; returns the time until it is time again. */
    private @Nullable Duration lookForEvents() {
        if (poll.hasExpired()) {
            try {
                Map<String, Duration> due = outbox.untilDue(
                        queues.stream().map(queue -> queue.backend().name()).toList());
                claimers.forEach(claimer ->
                        claimer.expect(due.get(claimer.queue().backend().name())));
                poll.set(settings.pollInterval());
                failures.succeeded(LOOK_FOR_EVENTS);
            } catch (RuntimeException | Error failure) {
                poll.set(failures.failed(LOOK_FOR_EVENTS, failure));
            }
        }
        return poll.remaining();
    }

    /**
     * Stops within the shutdown timeout, or a second later at most, even if the outbox hangs. Sends the events that are due and
     * waits for calls in flight. Then gives back the events that were not sent, except those that an earlier process may have sent, so that another process can send
     * them at once, and
     * interrupts calls in flight; their events are claimed again after the lease, because the backend may have them.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        Thread running = thread;
        if (running != null) {
            closing = true;
            signalEventsDue();
            // What is sent must still be settled, so an interrupt does not shorten the wait.
            DaemonThreads.join(running, settings.shutdownTimeout());
            stopped = true;
            signalEventsDue();
            if (!DaemonThreads.join(running, GRACE)) {
                logger.warn("The outbox does not answer; events without a settlement come again after their lease");
                running.interrupt();
            }
        }
        sendThreads.stop();
    }
}
