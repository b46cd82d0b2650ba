package io.reftrail.delivery;

import io.reftrail.model.RedactedFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the one thread that runs the {@link DispatchLoop}: begins when it is first needed. Thread-safe. */
final class DispatcherThread {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private final DispatchLoop loop;
    private volatile @Nullable Thread thread;
    private boolean closed;

    DispatcherThread(DispatchLoop loop) {
        this.loop = loop;
    }

    /** Lets the loop look at the outbox, and begins it if nobody has. */
    void wake() {
        loop.announce();
        if (thread == null) {
            begin();
        }
    }

    private synchronized void begin() {
        if (thread != null || closed) {
            return;
        }
        try {
            Thread started = DaemonThreads.named("reftrail-dispatcher").newThread(loop);
            started.start();
            thread = started;
        } catch (Error failure) {
            logger.error("No thread for the dispatcher, events wait for the next one", RedactedFailure.of(failure));
        }
    }

    /** Lets the loop end within the timeout, and a grace later at most. Nothing begins after this. */
    void close(Duration timeout, Duration grace) {
        synchronized (this) {
            closed = true;
        }
        Thread running = thread;
        if (running == null) {
            return;
        }
        loop.close();
        join(running, timeout);
        loop.stop();
        if (!join(running, grace)) {
            logger.warn("The outbox hangs; what it was not told comes again after the leases");
            running.interrupt();
        }
    }

    /** Returns whether the thread has ended. An interrupt does not end the waiting, the last settlements would be lost. */
    private static boolean join(Thread running, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        for (long left = timeout.toNanos(); left > 0 && running.isAlive(); left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(running, left);
            } catch (InterruptedException closing) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !running.isAlive();
    }
}
