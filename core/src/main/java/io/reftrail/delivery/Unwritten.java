package io.reftrail.delivery;

import io.reftrail.outbox.Outbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ended claims that the outbox does not know of yet, in the order in which they are tried. For the dispatcher's thread alone. */
final class Unwritten {

    /** So many batches have to fail before settlements are written one by one, in case that one spoils the batch. */
    private static final int BATCHES = 3;

    private final Outbox outbox;
    private final Deque<Finished> waiting = new ArrayDeque<>();
    private final Set<String> backends = new HashSet<>();
    private int failedBatches;

    Unwritten(Outbox outbox) {
        this.outbox = outbox;
    }

    void add(Finished finished) {
        waiting.add(finished);
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Finished first() {
        return waiting.element();
    }

    void remove(Finished lost) {
        waiting.remove(lost);
    }

    /** The backends of what was written since this was last asked. */
    Set<String> writtenBackends() {
        Set<String> written = Set.copyOf(backends);
        backends.clear();
        return written;
    }

    /** Writes all there is and reports it; throws what the outbox throws, and keeps what it has not taken. */
    void write() {
        while (!waiting.isEmpty()) {
            write(failedBatches < BATCHES ? waiting.size() : 1);
        }
    }

    /** Writes the first alone; if that fails, others come first the next time. */
    void writeFirst() {
        write(1);
    }

    private void write(int count) {
        List<Finished> batch = waiting.stream().limit(count).toList();
        try {
            outbox.settle(batch.stream().map(Finished::settled).toList());
        } catch (RuntimeException | Error failure) {
            failed(count);
            throw failure;
        }
        for (Finished finished : batch) {
            waiting.remove();
            backends.add(finished.backend());
            finished.report();
        }
    }

    private void failed(int count) {
        if (failedBatches < BATCHES) {
            failedBatches++;
        } else if (count == 1) {
            Finished first = waiting.remove();
            first.failed();
            waiting.add(first);
        }
    }

    /** The outbox takes settlements again, so they are written in batches. */
    void recovered() {
        failedBatches = 0;
    }

    /** Whether each of them has failed by itself again and again. */
    boolean haveAllOftenFailed() {
        return waiting.stream().allMatch(Finished::hasOftenFailed);
    }
}
