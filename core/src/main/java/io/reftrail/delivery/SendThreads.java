package io.reftrail.delivery;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.delivery.BackendQueue.QueueTransition;
import io.reftrail.delivery.BackendQueue.SendPermit;
import io.reftrail.delivery.internal.DaemonThreads;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settlement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that send claimed events: daemons that inherit no thread-locals. A thread continues with the next event of the same queue while there is one. Does not
 * call the outbox: settlements go to the {@link SettlementBuffer}. Thread-safe.
 */
final class SendThreads {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    /** The delay of an event that no thread could be started for. */
    private static final Duration WITHOUT_A_THREAD = Duration.ofSeconds(1);

    private static final String NAME = "reftrail-sender";
    private static final int IDLE_SECONDS = 10;

    private final ExecutorService threads;
    private final SettlementBuffer settlements;
    private final Delivery delivery;
    private final DeliveryReporter reporter;
    private final Runnable afterEach;
    private volatile boolean stopped;

    /** @param afterEach runs after each event, on the thread that has sent it */
    SendThreads(
            ExecutorService threads,
            SettlementBuffer settlements,
            Delivery delivery,
            DeliveryReporter reporter,
            Runnable afterEach) {
        this.threads = threads;
        this.settlements = settlements;
        this.delivery = delivery;
        this.reporter = reporter;
        this.afterEach = afterEach;
    }

    /**
     * Returns the executor of sends: virtual threads on Java 21 and later, otherwise a pool that is empty while nothing is sent.
     * It has no limit; each {@link BackendQueue} limits its calls in flight.
     */
    static ExecutorService executor() {
        ExecutorService virtual = virtualThreads();
        return virtual == null ? pool() : virtual;
    }

    /**
     * Returns a pool. Its queue without capacity gives a task to the thread that became idle last, so that the others can end.
     */
    static ThreadPoolExecutor pool() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads(NAME));
    }

    /** Returns {@code null} on a JVM without virtual threads. */
    private static @Nullable ExecutorService virtualThreads() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            type.getMethod("name", String.class, long.class).invoke(builder, NAME + "-", 1L);
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
            Object threads = type.getMethod("factory").invoke(builder);
            Method executor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) executor.invoke(null, threads);
        } catch (ReflectiveOperationException | RuntimeException none) {
            return null;
        }
    }

    /** Starts to send as many events of the queue as may be in flight now. */
    void start(BackendQueue queue) {
        for (SendPermit permit = next(queue); permit != null; permit = next(queue)) {
            SendPermit first = permit;
            try {
                threads.execute(() -> work(queue, first));
            } catch (RuntimeException | Error failure) {
                logger.warn("Could not start a thread to send with; the event waits", RedactedFailure.of(failure));
                queue.unsent(first);
                if (!Delivery.mayHaveBeenSent(queue.backend(), first.claim())) {
                    settlements.add(first.claim(), new Settlement.Postponed(WITHOUT_A_THREAD), () -> {});
                }
                return;
            }
        }
    }

    private @Nullable SendPermit next(BackendQueue queue) {
        return stopped || settlements.isStalled() ? null : queue.next();
    }

    private void work(BackendQueue queue, SendPermit first) {
        for (SendPermit permit = first; permit != null; permit = next(queue)) {
            deliver(queue, permit);
            afterEach.run();
        }
        afterEach.run(); // looking for the next event may have released some
    }

    private void deliver(BackendQueue queue, SendPermit permit) {
        Claim claim = permit.claim();
        TrackingBackend backend = queue.backend();
        boolean mayBeSentAgain = !Delivery.mayHaveBeenSent(backend, claim);
        boolean called = false;
        try {
            Event event = Delivery.withAttributionOfPredecessor(claim);
            Settlement unsent = delivery.settlementWithoutCall(backend, claim, event);
            if (unsent != null) {
                settle(claim, unsent);
                queue.unsent(permit);
                return;
            }
            HttpCall call = backend.call(event);
            mayBeSentAgain = backend.isRepeatable(event);
            called = true;
            Outcome outcome = delivery.send(backend, event, call);
            Settlement settlement = delivery.settlement(backend, claim, event, outcome);
            if (stopped && !outcome.verdict().isFinal()) {
                queue.ended(permit); // the backend may have the event, so its lease decides
                return;
            }
            QueueTransition transition = queue.answered(permit, outcome);
            settlements.add(claim, settlement, () -> {
                reporter.changed(backend.name(), transition, outcome);
                reporter.settled(claim.event(), settlement);
            });
        } catch (RuntimeException | Error failure) {
            logger.warn("Backend {} failed to report {}", backend.name(), claim.event(), RedactedFailure.of(failure));
            settle(claim, delivery.settlementOfDefect(claim, mayBeSentAgain, failure));
            if (!called) {
                queue.unsent(permit);
                return;
            }
        }
        queue.ended(permit);
    }

    private void settle(Claim claim, Settlement settlement) {
        settlements.add(claim, settlement, () -> reporter.settled(claim.event(), settlement));
    }

    /** Sends nothing more and interrupts the calls in flight. */
    void stop() {
        stopped = true;
        threads.shutdownNow();
    }
}
