package io.reftrail.outbox;

import java.time.Duration;

/**
 * The backlog of one backend, for operators.
 *
 * @param waiting the number of events that are neither settled nor dead
 * @param oldest the age of the oldest of them; zero if there is none
 * @param dead the number of dead events
 */
public record Backlog(long waiting, Duration oldest, long dead) {

    /** An empty backlog. */
    public static final Backlog EMPTY = new Backlog(0, Duration.ZERO, 0);
}
