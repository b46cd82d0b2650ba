package io.reftrail.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that repeat an operation. */
final class Threads {

    private Threads() {}

    /** An operation. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    /** Repeats an operation on some threads for a while, and returns how often it has run in a second. */
    static double perSecond(int threads, double seconds, Operation operation) throws Exception {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long count = 0;
        for (long each : run(threads, () -> {
            long own = 0;
            while (System.nanoTime() < end) {
                operation.run();
                own++;
            }
            return own;
        })) {
            count += each;
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** Repeats an operation on this thread for a while, and returns how often it has run in a second. */
    static double perSecondHere(double seconds, Operation operation) throws Exception {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long count = 0;
        while (System.nanoTime() < end) {
            operation.run();
            count++;
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** Runs a task once on each of some threads, and returns the results. Fails if one of them fails. */
    static <T> List<T> run(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
