package io.reftrail.delivery;

import io.reftrail.model.RedactedFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the dispatcher's thread does, and nobody else: all that concerns the outbox. Writes how claims have ended, claims
 * for each backend what there is room for, and rests until there is news or something is due. What comes together while
 * it is busy goes into the next batch.
 */
final class DispatchLoop implements Runnable {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private static final Duration REST_AFTER_A_DEFECT = Duration.ofMillis(500);

    private final List<Fetcher> fetchers;
    private final Settlements settlements;
    private final Senders senders;
    private final @Nullable Upkeep upkeep;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private volatile boolean closing;
    private volatile boolean stopped;

    /** @param upkeep {@code null} if the outbox needs none */
    DispatchLoop(List<Fetcher> fetchers, Settlements settlements, Senders senders, @Nullable Upkeep upkeep) {
        this.fetchers = fetchers;
        this.settlements = settlements;
        this.senders = senders;
        this.upkeep = upkeep;
    }

    /** Something may have become due. */
    void announce() {
        announced.set(true);
        signal();
    }

    /** Something has been sent. */
    void signal() {
        if (signalled.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        }
    }

    /** Sends what is due now and ends then. */
    void close() {
        closing = true;
        announce();
    }

    /** Begins nothing more and ends as soon as what is finished is settled. */
    void stop() {
        stopped = true;
        announce();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopped) {
            signalled.set(false);
            Duration rest = safeTurn();
            if (closing && rest == null && isDone()) {
                break;
            }
            if (!signalled.get()) {
                LockSupport.parkNanos(this, rest == null ? Long.MAX_VALUE : rest.toNanos());
            }
        }
        finish();
    }

    private boolean isDone() {
        return fetchers.stream().allMatch(fetcher -> fetcher.queue().isIdle()) && settlements.isEmpty();
    }

    private @Nullable Duration safeTurn() {
        try {
            return turn();
        } catch (RuntimeException | Error defect) {
            logger.error(
                    "The dispatcher has failed and goes on in {}", REST_AFTER_A_DEFECT, RedactedFailure.of(defect));
            return REST_AFTER_A_DEFECT;
        }
    }

    private @Nullable Duration turn() {
        boolean news = announced.getAndSet(false);
        Duration outage = settlements.flush();
        if (outage != null && settlements.isStuck()) {
            outage = settlements.giveUp(fetchers.get(0)::isAnswered);
        }
        if (outage != null) {
            announced.set(true);
            return outage;
        }
        Duration rest = upkeep == null || closing ? null : upkeep.run();
        Set<String> settled = settlements.settledBackends();
        for (Fetcher fetcher : fetchers) {
            BackendQueue queue = fetcher.queue();
            senders.start(queue);
            fetcher.fetch(news || settled.contains(queue.backend().name()), closing);
            senders.start(queue);
            rest = Durations.shorter(rest, fetcher.remaining());
        }
        return rest;
    }

    private void finish() {
        senders.stop();
        fetchers.forEach(fetcher -> fetcher.queue().releaseAll());
        settlements.flushNow();
        settlements.reportWhatIsLeft();
    }
}
