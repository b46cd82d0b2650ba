package io.reftrail.delivery;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that send: virtual ones where the JVM has them (21 and later), else a pool that grows only while all of its
 * threads are at work, and is empty after a while without any. Neither starts a thread before there is something to send,
 * and neither has a bound of its own: how much is in flight at a time is up to each {@link BackendQueue}.
 */
final class SenderThreads {

    private static final String NAME = "reftrail-sender";
    private static final int IDLE_SECONDS = 10;

    private SenderThreads() {}

    static ExecutorService create() {
        ExecutorService virtual = virtual();
        return virtual == null ? pool() : virtual;
    }

    /** The queue without a place hands a task to the thread that became idle last, so that the others can end. */
    static ThreadPoolExecutor pool() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.named(NAME));
    }

    /** Returns {@code null} on a JVM without virtual threads. */
    private static @Nullable ExecutorService virtual() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            type.getMethod("name", String.class, long.class).invoke(builder, NAME + "-", 1L);
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
            Object threads = type.getMethod("factory").invoke(builder);
            Method executor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) executor.invoke(null, threads);
        } catch (ReflectiveOperationException | RuntimeException none) {
            return null;
        }
    }
}
