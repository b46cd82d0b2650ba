package io.reftrail.delivery;

import java.time.Duration;

/**
 * How an answer has changed a queue.
 *
 * @param kind what has changed
 * @param rested how long the queue had rested; zero unless it goes on now
 */
record Change(Kind kind, Duration rested) {

    /** What has changed. */
    enum Kind {
        NONE,
        PAUSED,
        REFUSED,
        RESUMED
    }

    static final Change NONE = new Change(Kind.NONE, Duration.ZERO);
    static final Change PAUSED = new Change(Kind.PAUSED, Duration.ZERO);
    static final Change REFUSED = new Change(Kind.REFUSED, Duration.ZERO);

    static Change resumed(Duration rested) {
        return new Change(Kind.RESUMED, rested);
    }
}
