package io.reftrail.delivery;

import io.reftrail.delivery.internal.DaemonThreads;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads that send. All are daemons and inherit no thread-locals. */
final class DeliveryThreads {

    private static final String SENDER = "reftrail-sender";
    private static final int IDLE_SECONDS = 10;

    private DeliveryThreads() {}

    /**
     * Returns the executor of sends: virtual threads on Java 21 and later, otherwise a pool that is empty while nothing is sent.
     * It has no limit; each {@link BackendQueue} limits its calls in flight.
     */
    static ExecutorService senders() {
        ExecutorService virtual = virtualThreads();
        return virtual == null ? pool() : virtual;
    }

    /**
     * Returns a pool. Its queue without capacity gives a task to the thread that became idle last, so that the others can end.
     */
    static ThreadPoolExecutor pool() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads(SENDER));
    }

    /** Returns {@code null} on a JVM without virtual threads. */
    private static @Nullable ExecutorService virtualThreads() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            type.getMethod("name", String.class, long.class).invoke(builder, SENDER + "-", 1L);
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
            Object threads = type.getMethod("factory").invoke(builder);
            Method executor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) executor.invoke(null, threads);
        } catch (ReflectiveOperationException | RuntimeException none) {
            return null;
        }
    }
}
