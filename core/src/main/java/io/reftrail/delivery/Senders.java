package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Outcome;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settlement;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that send claimed events and settle them. As many as calls may be in flight, and none after a while without
 * any. Nothing of the outbox is held while sending.
 */
final class Senders {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final Outbox outbox;
    private final Delivery delivery;
    private final DeliveryReporter reporter;
    private final Runnable whenDone;

    /** @param whenDone called after each event, when there is room for another */
    Senders(int maxThreads, Outbox outbox, Delivery delivery, DeliveryReporter reporter, Runnable whenDone) {
        int size = Math.max(1, maxThreads);
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named("reftrail-sender"));
        this.threads.allowCoreThreadTimeOut(true);
        this.outbox = outbox;
        this.delivery = delivery;
        this.reporter = reporter;
        this.whenDone = whenDone;
    }

    void send(BackendQueue queue, Claim claim) {
        queue.started();
        try {
            threads.execute(() -> deliver(queue, claim));
        } catch (RuntimeException | Error failure) {
            queue.abandoned();
            throw failure;
        }
    }

    private void deliver(BackendQueue queue, Claim claim) {
        TrackingBackend backend = queue.backend();
        Outcome outcome = null;
        try {
            if (delivery.isTooLate(backend, claim)) {
                settle(claim, new Settlement.Dead("not delivered within " + backend.deliverWithin()));
            } else {
                outcome = delivery.attempt(backend, claim.event());
                settle(claim, delivery.settlement(backend, claim, outcome));
            }
        } catch (RuntimeException | Error failure) {
            logger.warn(
                    "{} could not be settled, it comes again after its lease",
                    claim.event(),
                    RedactedFailure.of(failure));
        } finally {
            finish(queue, outcome);
            whenDone.run();
        }
    }

    private void settle(Claim claim, Settlement settlement) {
        outbox.settle(claim, settlement);
        reporter.settled(claim.event(), settlement);
    }

    private void finish(BackendQueue queue, @Nullable Outcome outcome) {
        if (outcome == null) {
            queue.abandoned();
        } else {
            reporter.changed(queue.backend().name(), queue.finished(outcome), outcome);
        }
    }

    /** Interrupts what is in flight. */
    void stop() {
        threads.shutdownNow();
    }
}
