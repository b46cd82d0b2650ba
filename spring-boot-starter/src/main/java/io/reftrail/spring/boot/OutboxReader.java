package io.reftrail.spring.boot;

import io.reftrail.delivery.internal.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the outbox for operators, with a thread of its own that ends when idle. Callers wait for a limited time, even if
 * the database is unavailable. Queries are never interrupted, because an embedded database may not survive that.
 */
final class OutboxReader implements AutoCloseable {

    private static final int MOST_QUESTIONS = 64;

    private final ThreadPoolExecutor thread;

    OutboxReader() {
        thread = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_QUESTIONS),
                new DaemonThreads("reftrail-operations"));
        thread.allowCoreThreadTimeOut(true);
    }

    /** Starts a query and returns at once. */
    <T> Future<T> ask(Supplier<T> question) {
        try {
            return thread.submit(question::get);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }

    /** Returns the result of a query, or {@code null} if there is none in time. Never throws. */
    <T> @Nullable T ask(Supplier<T> question, Duration patience) {
        Future<T> answer = ask(question);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException none) {
            answer.cancel(false);
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
