package io.reftrail;

import io.reftrail.model.RedactedFailure;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request may leave to be done without waiting for it: one thread, there while there is something to do, and a
 * bounded queue. What does not fit is refused, which callers must be able to live with.
 */
final class Background implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    /** More visitors than this are not on their way at once, unless somebody makes them up. */
    static final int CAPACITY = 1_000;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ThreadPoolExecutor executor;
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Only the one thread at a time reads and writes it. */
    private volatile long lastWarning;

    Background() {
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(CAPACITY),
                Background::thread,
                new ThreadPoolExecutor.AbortPolicy());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Has nothing of the request that was the first to need it: neither its locals nor its class loader. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "reftrail-clicks", 0, false);
        thread.setContextClassLoader(Background.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** As {@link #run}, for work that others go before: it is not done where a quarter of the places is taken. */
    boolean runIfQuiet(Runnable work) {
        return executor.getQueue().size() < CAPACITY / 4 && run(work);
    }

    /**
     * Does the work soon. Its failures are logged.
     *
     * @return {@code false} if too much is to be done already: then it is not done
     */
    boolean run(Runnable work) {
        unfinished.incrementAndGet();
        try {
            executor.execute(() -> safely(work));
            return true;
        } catch (RejectedExecutionException tooMuch) {
            unfinished.decrementAndGet();
            return false;
        }
    }

    /** Whether all that was taken has been done. */
    boolean isIdle() {
        return unfinished.get() == 0;
    }

    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            if (lastWarning == 0 || System.nanoTime() - lastWarning > BETWEEN_WARNINGS.toNanos()) {
                logger.warn(
                        "What visitors and customers did cannot be written down or looked up now; whoever signs up brings the click along",
                        RedactedFailure.of(failure));
                lastWarning = System.nanoTime();
            }
        } finally {
            unfinished.decrementAndGet();
        }
    }

    /** Does what is left, for two seconds at most. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
