package io.reftrail;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last that the outbox is asked for. It may wait long for a database that is away; the application need not. */
final class OutboxEnd {

    /** How long the application waits. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final Runnable count;
    private final Runnable close;
    private volatile String undone = "What is left in the outbox was not counted, and the outbox was not closed";

    /**
     * @param count says what is left
     * @param close closes the outbox
     */
    OutboxEnd(Runnable count, Runnable close) {
        this.count = count;
        this.close = close;
    }

    /** Does both, and leaves it to a daemon thread if that takes too long. An interrupt does not shorten it. */
    void run() {
        Thread thread = new Thread(null, this::countAndClose, "reftrail-close", 0, false);
        thread.setDaemon(true);
        thread.start();
        if (!join(thread)) {
            logger.warn("{} within {}. What waits there stays", undone, PATIENCE);
        }
    }

    private void countAndClose() {
        Reftrail.closeSafely(count);
        undone = "The outbox was not closed";
        Reftrail.closeSafely(close);
    }

    private static boolean join(Thread thread) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        for (long left = PATIENCE.toNanos(); left > 0 && thread.isAlive(); left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException closing) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
