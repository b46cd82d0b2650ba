package io.reftrail.delivery;

import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settlement;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
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

    private final Outages outages;
    private final Queue<Finished> arrived = new ConcurrentLinkedQueue<>();
    private final Unwritten unwritten;
    private final Alarm nextTry = new Alarm();
    private boolean tried;
    private volatile boolean stalled;

    Settlements(Outbox outbox, Outages outages) {
        this.unwritten = new Unwritten(outbox);
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
        return unwritten.writtenBackends();
    }

    /** Writes what has come if it is time; returns how long to wait for the next try, or {@code null} if all is written. */
    @Nullable
    Duration flush() {
        tried = false;
        return stalled && !nextTry.hasRung() ? nextTry.remaining() : flushNow();
    }

    /** Writes what has come; returns how long to wait for the next try, or {@code null} if all is written. */
    @Nullable
    Duration flushNow() {
        for (Finished finished = arrived.poll(); finished != null; finished = arrived.poll()) {
            unwritten.add(finished);
        }
        tried = true;
        try {
            unwritten.write();
        } catch (RuntimeException | Error failure) {
            return stalled(failure);
        }
        return recovered();
    }

    private @Nullable Duration stalled(Throwable failure) {
        stalled = true;
        nextTry.set(outages.failed(WRITE, failure));
        return nextTry.remaining();
    }

    private @Nullable Duration recovered() {
        unwritten.recovered();
        stalled = false;
        outages.succeeded(WRITE);
        return null;
    }

    /** Whether each of what is left has just failed, by itself and again: then it may not be for the outbox. */
    boolean isStuck() {
        return tried && unwritten.haveAllOftenFailed();
    }

    /**
     * Tries each once more while the outbox proves to be well, and gives up what is refused even so: that must be at fault
     * itself. Returns how long to wait for the next try, or {@code null} if nothing is left.
     */
    @Nullable
    Duration giveUp(BooleanSupplier well) {
        if (!well.getAsBoolean()) {
            return nextTry.remaining();
        }
        while (!unwritten.isEmpty()) {
            Finished next = unwritten.first();
            try {
                unwritten.writeFirst();
            } catch (RuntimeException | Error failure) {
                if (!well.getAsBoolean()) {
                    return stalled(failure);
                }
                logger.error("The outbox refuses what became of {}. It comes again after its lease", next);
                unwritten.remove(next);
            }
        }
        return recovered();
    }

    /** Says what will be sent again because its settlement is lost with this process. */
    void reportWhatIsLeft() {
        int left = unwritten.size() + arrived.size();
        if (left > 0) {
            logger.warn("{} claims could not be settled before the end and come again after their lease", left);
        }
    }
}
