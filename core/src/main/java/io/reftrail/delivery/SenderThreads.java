package io.reftrail.delivery;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that send: virtual ones where the JVM has them (21 and later), else a pool that grows to its bound and is
 * empty after a while without work. Neither starts a thread before there is something to send.
 */
final class SenderThreads {

    private static final String NAME = "reftrail-sender";
    private static final int IDLE_SECONDS = 10;

    private SenderThreads() {}

    /** @param most how many tasks there will be at a time */
    static ExecutorService create(int most) {
        ExecutorService virtual = virtual();
        return virtual == null ? pool(most) : virtual;
    }

    static ExecutorService pool(int most) {
        int size = Math.max(1, most);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named(NAME));
        pool.allowCoreThreadTimeOut(true);
        return pool;
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
