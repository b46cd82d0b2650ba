package io.reftrail.benchmarks.backlog;

import io.reftrail.benchmarks.StubBackend;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that enqueue leads, each by itself, and are timed. */
final class Enqueuers {

    private static final int THREADS = 8;

    private Enqueuers() {}

    /** Returns how many leads in a second. */
    static double perSecond(JdbcOutbox outbox, int seconds) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            Callable<Integer> enqueueing = () -> {
                int enqueued = 0;
                while (System.nanoTime() < end) {
                    outbox.enqueue(StubBackend.lead(UUID.randomUUID().toString()));
                    enqueued++;
                }
                return enqueued;
            };
            List<Future<Integer>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(executor.submit(enqueueing));
            }
            long enqueued = 0;
            for (Future<Integer> thread : threads) {
                enqueued += thread.get();
            }
            return enqueued / ((System.nanoTime() - start) / 1e9);
        } finally {
            executor.shutdownNow();
        }
    }
}
