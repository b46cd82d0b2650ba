package io.reftrail.outbox;

import java.time.Duration;

/**
 * What waits for one backend, for operators.
 *
 * @param waiting how many events are neither settled nor dead
 * @param oldest how long the oldest of them has waited; zero if there is none
 * @param dead how many events were given up and kept
 */
public record Backlog(long waiting, Duration oldest, long dead) {

    /** Nothing waits. */
    public static final Backlog EMPTY = new Backlog(0, Duration.ZERO, 0);
}
