package io.reftrail;

import io.reftrail.delivery.internal.DaemonThreads;
import io.reftrail.model.RedactedFailure;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor for work that a request does not wait for: one thread, which ends when it is idle, and a bounded queue. Work that does
 * not fit is refused.
 */
final class BackgroundExecutor implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    /** The length of the queue, which only a flood of visitors exceeds. */
    static final int CAPACITY = 1_000;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final ScheduledThreadPoolExecutor executor;
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Read and written only by the one thread. */
    private volatile long lastWarning;

    BackgroundExecutor() {
        this.executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads("reftrail-background"));
        executor.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs work of lower priority like {@link #run}, but refuses it if a quarter of the queue is taken. */
    boolean runIfQuiet(Runnable work) {
        return runIfQuiet(work, Duration.ZERO);
    }

    /** Runs work of lower priority like {@link #runIfQuiet(Runnable)}, after a delay. */
    boolean runIfQuiet(Runnable work, Duration delay) {
        return run(work, delay, CAPACITY / 4);
    }

    /**
     * Runs the work soon. Its exceptions are logged, at most one a minute.
     *
     * @return {@code false} if the queue is full and the work is refused
     */
    boolean run(Runnable work) {
        return run(work, Duration.ZERO, CAPACITY);
    }

    private boolean run(Runnable work, Duration delay, int capacity) {
        if (executor.getQueue().size() >= capacity) {
            return false;
        }
        unfinished.incrementAndGet();
        try {
            Future<?> unused = executor.schedule(() -> safely(work), delay.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException closed) {
            unfinished.decrementAndGet();
            return false;
        }
    }

    /** Returns whether all accepted work is done. */
    boolean isIdle() {
        return unfinished.get() == 0;
    }

    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            if (lastWarning == 0 || System.nanoTime() - lastWarning > BETWEEN_WARNINGS.toNanos()) {
                logger.warn(
                        "Could not store or look up clicks or first sign-ins. Clicks are recovered from the cookie at sign-up.",
                        RedactedFailure.of(failure));
                lastWarning = System.nanoTime();
            }
        } finally {
            unfinished.decrementAndGet();
        }
    }

    /** Runs the work that is left, for at most two seconds. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
