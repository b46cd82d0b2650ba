package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settlement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends claimed events on threads of its own. A thread that is done takes the next event of the same queue, as long as
 * there is one. Never touches the outbox: how a claim ends goes to the {@link Settlements}. Thread-safe.
 */
final class Senders {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    /** For an event that no thread could be had for. */
    private static final Duration WITHOUT_A_THREAD = Duration.ofSeconds(1);

    private final ExecutorService threads;
    private final Settlements settlements;
    private final Delivery delivery;
    private final DeliveryReporter reporter;
    private volatile Runnable whenDone = () -> {};
    private volatile boolean stopped;

    Senders(ExecutorService threads, Settlements settlements, Delivery delivery, DeliveryReporter reporter) {
        this.threads = threads;
        this.settlements = settlements;
        this.delivery = delivery;
        this.reporter = reporter;
    }

    /** Sets what is called after each event, on the thread that has sent it. */
    void whenDone(Runnable listener) {
        this.whenDone = listener;
    }

    /** Starts to send as much of the queue as may be in flight now. */
    void start(BackendQueue queue) {
        for (Turn turn = next(queue); turn != null; turn = next(queue)) {
            Turn first = turn;
            try {
                threads.execute(() -> work(queue, first));
            } catch (RuntimeException | Error failure) {
                logger.warn("No thread to send with, the event waits", RedactedFailure.of(failure));
                settlements.add(first.claim(), new Settlement.Postponed(WITHOUT_A_THREAD), () -> {});
                queue.unsent(first);
                return;
            }
        }
    }

    private @Nullable Turn next(BackendQueue queue) {
        return stopped || settlements.isStalled() ? null : queue.next();
    }

    private void work(BackendQueue queue, Turn first) {
        for (Turn turn = first; turn != null; turn = next(queue)) {
            deliver(queue, turn);
            whenDone.run();
        }
    }

    private void deliver(BackendQueue queue, Turn turn) {
        Claim claim = turn.claim();
        TrackingBackend backend = queue.backend();
        try {
            Event event = Delivery.informed(claim);
            Settlement unsent = delivery.withoutCall(backend, claim, event);
            if (unsent != null) {
                settle(claim, unsent);
                queue.unsent(turn);
                return;
            }
            Outcome outcome = delivery.attempt(backend, event);
            Settlement settlement = delivery.settlement(backend, claim, event, outcome);
            if (stopped && !outcome.verdict().isFinal()) {
                queue.ended(turn);
                return;
            }
            Change change = queue.answered(turn, outcome);
            settlements.add(claim, settlement, () -> {
                reporter.changed(queue.backend().name(), change, outcome);
                reporter.settled(claim.event(), settlement);
            });
        } catch (RuntimeException | Error failure) {
            logger.warn(
                    "Backend {} cannot say how {} ends", backend.name(), claim.event(), RedactedFailure.of(failure));
            settle(claim, delivery.defect(claim, failure));
        }
        queue.ended(turn);
    }

    private void settle(Claim claim, Settlement settlement) {
        settlements.add(claim, settlement, () -> reporter.settled(claim.event(), settlement));
    }

    /**
     * Begins nothing more and interrupts what is in flight. What has no final answer then is left to its lease, because
     * the backend may have it.
     */
    void stop() {
        stopped = true;
        threads.shutdownNow();
    }
}
