package io.reftrail.delivery;

import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How claims have ended, on their way into the outbox. Any thread adds; the dispatcher's thread alone writes, whatever
 * has come together in one batch, and keeps what it could not write. While it cannot, nothing new is sent, so this is
 * bounded by what was in flight and buffered.
 */
final class Settlements {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private static final String WRITE = "settle what was sent";

    /** So many batches have to fail before settlements are written one by one, in case that one spoils the batch. */
    private static final int BATCHES = 3;

    private final Outbox outbox;
    private final Outages outages;
    private final Queue<Finished> arrived = new ConcurrentLinkedQueue<>();
    private final Deque<Finished> unwritten = new ArrayDeque<>();
    private final Set<String> backends = new HashSet<>();
    private int failedBatches;
    private final Alarm nextTry = new Alarm();
    private volatile boolean stalled;

    Settlements(Outbox outbox, Outages outages) {
        this.outbox = outbox;
        this.outages = outages;
    }

    /** @param report run once, after this was written */
    void add(Claim claim, Settlement settlement, Runnable report) {
        arrived.add(new Finished(claim, settlement, report));
    }

    /** Gives a claim back as it was. */
    void release(Claim claim) {
        add(claim, new Settlement.Postponed(Duration.ZERO), () -> {});
    }

    /** Whether the outbox cannot take settlements at present. */
    boolean isStalled() {
        return stalled;
    }

    /** Whether nothing is left to write. */
    boolean isEmpty() {
        return unwritten.isEmpty() && arrived.isEmpty();
    }

    /** The backends of what was written since this was last asked. */
    Set<String> settledBackends() {
        Set<String> settled = Set.copyOf(backends);
        backends.clear();
        return settled;
    }

    /** Writes what has come if it is time; returns how long to wait for the next try, or {@code null} if all is written. */
    @Nullable
    Duration flush() {
        return stalled && !nextTry.hasRung() ? nextTry.remaining() : flushNow();
    }

    /** Writes what has come; returns how long to wait for the next try, or {@code null} if all is written. */
    @Nullable
    Duration flushNow() {
        for (Finished finished = arrived.poll(); finished != null; finished = arrived.poll()) {
            unwritten.add(finished);
        }
        try {
            while (!unwritten.isEmpty()) {
                write(failedBatches < BATCHES ? unwritten.size() : 1);
            }
        } catch (RuntimeException | Error failure) {
            stalled = true;
            nextTry.set(outages.failed(WRITE, failure));
            return nextTry.remaining();
        }
        recovered();
        return null;
    }

    private void write(int count) {
        List<Finished> batch = unwritten.stream().limit(count).toList();
        try {
            outbox.settle(batch.stream().map(Finished::settled).toList());
        } catch (RuntimeException | Error failure) {
            failed(count);
            throw failure;
        }
        for (Finished finished : batch) {
            unwritten.remove();
            backends.add(finished.backend());
            finished.report();
        }
    }

    private void failed(int count) {
        if (failedBatches < BATCHES) {
            failedBatches++;
        } else if (count == 1) {
            Finished first = unwritten.remove();
            first.failed();
            unwritten.add(first);
        }
    }

    private void recovered() {
        failedBatches = 0;
        stalled = false;
        outages.succeeded(WRITE);
    }

    /** Whether each of what is left has failed by itself again and again: then it may not be for the outbox. */
    boolean isStuck() {
        return unwritten.stream().allMatch(Finished::hasOftenFailed);
    }

    /** To be called when the outbox has proved to be well: what it still refuses to write must be at fault itself. */
    void giveUp() {
        for (Finished lost : unwritten) {
            logger.error("The outbox refuses what became of {}. It comes again after its lease", lost);
        }
        unwritten.clear();
        recovered();
    }

    /** Says what will be sent again because its settlement is lost with this process. */
    void reportWhatIsLeft() {
        int left = unwritten.size() + arrived.size();
        if (left > 0) {
            logger.warn("{} claims could not be settled before the end and come again after their lease", left);
        }
    }
}
