package io.reftrail.delivery;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settlements that the outbox does not have yet. Any thread adds settlements. Only the dispatcher's thread writes them, all
 * that have arrived in one batch, and keeps those that it could not write. While the outbox fails nothing new is sent, so the
 * size is bounded by the events in flight and in the buffers.
 */
final class SettlementBuffer {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private static final String SETTLE = "settle what was sent";

    /** After so many failed batches, settlements are written one by one, because a single one may make the batch fail. */
    private static final int BATCH_ATTEMPTS = 3;

    /** After so many failures on its own, a settlement may be at fault. */
    private static final int SINGLE_ATTEMPTS = 3;

    private final Outbox outbox;
    private final OutboxFailures failures;
    private final Queue<PendingSettlement> arrived = new LinkedBlockingQueue<>();
    private final Deque<PendingSettlement> pending = new ArrayDeque<>();
    private final Set<String> settledBackends = new HashSet<>();
    private final Timer nextAttempt = new Timer();
    private int failedBatches;
    private boolean attempted;
    private volatile boolean stalled;

    /** A settlement, and the report that is due once the outbox has it. */
    private static final class PendingSettlement {

        private final Settled settled;
        private final Runnable report;
        private int failures;

        PendingSettlement(Claim claim, Settlement settlement, Runnable report) {
            this.settled = new Settled(claim, settlement);
            this.report = report;
        }

        Settled settled() {
            return settled;
        }

        boolean hasOftenFailed() {
            return failures >= SINGLE_ATTEMPTS;
        }

        /** Returns a description without personal data. */
        @Override
        public String toString() {
            return settled.claim().event() + ": " + settled.settlement();
        }
    }

    SettlementBuffer(Outbox outbox, OutboxFailures failures) {
        this.outbox = outbox;
        this.failures = failures;
    }

    /** @param report runs once, after the settlement was written */
    void add(Claim claim, Settlement settlement, Runnable report) {
        arrived.add(new PendingSettlement(claim, settlement, report));
    }

    /** Gives a claim back without counting an attempt. */
    void giveBack(Claim claim) {
        add(claim, new Settlement.Postponed(Duration.ZERO), () -> {});
    }

    /** Returns whether the outbox fails to take settlements. */
    boolean isStalled() {
        return stalled;
    }

    /** Returns the number of settlements that have arrived since the last attempt to write. */
    int arrived() {
        return arrived.size();
    }

    boolean isEmpty() {
        return pending.isEmpty() && arrived.isEmpty();
    }

    /** Returns the backends of the settlements that were written since the last call. */
    Set<String> settledBackends() {
        Set<String> backends = Set.copyOf(settledBackends);
        settledBackends.clear();
        return backends;
    }

    /** Writes what has arrived if it is time; returns the time until the next attempt, or {@code null} if all is written. */
    @Nullable
    Duration flush() {
        attempted = false;
        return stalled && !nextAttempt.hasExpired() ? nextAttempt.remaining() : flushNow();
    }

    /** Writes what has arrived; returns the time until the next attempt, or {@code null} if all is written. */
    @Nullable
    Duration flushNow() {
        for (PendingSettlement next = arrived.poll(); next != null; next = arrived.poll()) {
            pending.add(next);
        }
        attempted = true;
        try {
            while (!pending.isEmpty()) {
                write(failedBatches < BATCH_ATTEMPTS ? pending.size() : 1);
            }
        } catch (RuntimeException | Error failure) {
            return noteOutage(failure);
        }
        return noteRecovery();
    }

    private void write(int count) {
        List<PendingSettlement> batch = pending.stream().limit(count).toList();
        try {
            outbox.settle(batch.stream().map(PendingSettlement::settled).toList());
        } catch (RuntimeException | Error failure) {
            noteFailedWrite();
            throw failure;
        }
        for (PendingSettlement written : batch) {
            pending.remove();
            settledBackends.add(written.settled().claim().event().backend());
            written.report.run();
        }
    }

    /** Moves a settlement that fails on its own to the end, so that others are tried first. */
    private void noteFailedWrite() {
        if (failedBatches < BATCH_ATTEMPTS) {
            failedBatches++;
        } else {
            PendingSettlement first = pending.remove();
            first.failures++;
            pending.add(first);
        }
    }

    private @Nullable Duration noteOutage(Throwable failure) {
        stalled = true;
        nextAttempt.set(failures.failed(SETTLE, failure));
        return nextAttempt.remaining();
    }

    private @Nullable Duration noteRecovery() {
        failedBatches = 0;
        stalled = false;
        failures.succeeded(SETTLE);
        return null;
    }

    /** Returns whether each settlement that is left has often failed on its own, so that it may be at fault, not the outbox. */
    boolean hasOnlyFailingSettlements() {
        return attempted && pending.stream().allMatch(PendingSettlement::hasOftenFailed);
    }

    /**
     * Tries each settlement once more while the outbox works, and drops those that fail even then. Their events are claimed again
     * after the lease.
     *
     * @param works checks whether the outbox can be read and written
     * @return the time until the next attempt, or {@code null} if nothing is left
     */
    @Nullable
    Duration retryOnceAndDrop(BooleanSupplier works) {
        if (!works.getAsBoolean()) {
            return nextAttempt.remaining();
        }
        while (!pending.isEmpty()) {
            PendingSettlement next = pending.element();
            try {
                write(1);
            } catch (RuntimeException | Error failure) {
                if (!works.getAsBoolean()) {
                    return noteOutage(failure);
                }
                logger.error(
                        "The outbox cannot store the settlement {}; the event comes again after its lease",
                        next,
                        RedactedFailure.of(failure));
                pending.remove(next);
            }
        }
        return noteRecovery();
    }

    /** Logs how many events will be sent again because their settlement is lost with this process. */
    void reportUnsettled() {
        int left = pending.size() + arrived.size();
        if (left > 0) {
            logger.warn(
                    "{} claims could not be settled before shutdown; their events come again after the lease", left);
        }
    }
}
