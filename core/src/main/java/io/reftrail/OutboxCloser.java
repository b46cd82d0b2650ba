package io.reftrail;

import io.reftrail.delivery.internal.DaemonThreads;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step of a shutdown that closes the outbox, in which an unreachable database does not block the shutdown. */
final class OutboxCloser {

    /** The time that the shutdown waits. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final Runnable count;
    private final Runnable close;
    private volatile String undone =
            "The events that are left in the outbox were not counted, and the outbox was not closed";

    /**
     * @param count the action that logs the number of events that are left
     * @param close the action that closes the outbox
     */
    OutboxCloser(Runnable count, Runnable close) {
        this.count = count;
        this.close = close;
    }

    /** Counts and closes on a daemon thread, and waits for it for the timeout. An interrupt does not shorten the wait. */
    void run() {
        Thread thread = new DaemonThreads("reftrail-close").newThread(this::countAndClose);
        thread.start();
        if (!DaemonThreads.join(thread, TIMEOUT)) {
            logger.warn("{} within {}. Waiting events stay stored", undone, TIMEOUT);
        }
    }

    private void countAndClose() {
        Reftrail.closeSafely(count);
        undone = "The outbox was not closed";
        Reftrail.closeSafely(close);
    }
}
