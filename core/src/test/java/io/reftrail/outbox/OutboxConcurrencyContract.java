package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads at once: each event goes to exactly one of them. */
public abstract class OutboxConcurrencyContract extends OutboxEventsContract {

    private static final int THREADS = 8;
    private static final int EVENTS = 500;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    final void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void eachEventIsEnqueuedClaimedAndSettledOnce() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS / 2; thread++) {
            tasks.add(() -> enqueueAll(accepted));
            tasks.add(() -> sendUntil(EVENTS, sent));
        }

        runAll(tasks);

        assertThat(accepted).hasValue(EVENTS);
        assertThat(sent)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList());
        assertThat(outbox.depth("introw")).isZero();
        assertThat(outbox.untilDue("introw")).isNull();
    }

    private boolean enqueueAll(AtomicInteger accepted) {
        for (int number = 0; number < EVENTS; number++) {
            if (outbox.enqueue(TestLeads.lead("introw", Integer.toString(number))) == Enqueued.ACCEPTED) {
                accepted.incrementAndGet();
            }
        }
        return true;
    }

    private boolean sendUntil(int events, Queue<String> sent) {
        int round = 0;
        while (sent.size() < events && !Thread.currentThread().isInterrupted()) {
            for (Claim claim : claim("introw", 7)) {
                if (round++ % 5 == 0) {
                    outbox.settle(claim, new Settlement.Postponed(Duration.ZERO));
                } else {
                    sent.add(TestLeads.customer(claim.event()));
                    outbox.settle(claim, done());
                }
            }
        }
        return true;
    }

    private void runAll(List<Callable<Boolean>> tasks) throws Exception {
        for (Future<Boolean> future : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
            future.get();
        }
    }
}
