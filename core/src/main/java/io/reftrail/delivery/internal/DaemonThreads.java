package io.reftrail.delivery.internal;

import java.util.concurrent.ThreadFactory;
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

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, name + "-" + count.incrementAndGet(), 0, false);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
