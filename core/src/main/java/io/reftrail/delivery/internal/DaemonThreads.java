package io.reftrail.delivery.internal;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A factory of Reftrail's threads, which are daemons with a name and a number. They inherit neither thread-locals nor the class
 * loader of the request that starts them, because a thread that outlives the request would keep a redeployed application in
 * memory.
 */
public final class DaemonThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Creates a factory.
     *
     * @param name the name of the threads, without the number
     */
    public DaemonThreads(String name) {
        this.name = name;
    }

    /**
     * Waits until a thread has ended, at most for the timeout. An interrupt does not shorten the wait; the status is restored
     * afterwards.
     *
     * @return whether the thread has ended
     */
    public static boolean join(Thread thread, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        for (long left = timeout.toNanos(); left > 0 && thread.isAlive(); left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, name + "-" + count.incrementAndGet(), 0, false);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
