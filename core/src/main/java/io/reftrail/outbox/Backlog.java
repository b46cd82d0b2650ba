package io.reftrail.outbox;

import java.time.Duration;

/**
 * The backlog of one backend, for operators.
 *
 * @param waiting the number of events that are neither settled nor dead nor withheld
 * @param oldest the age of the oldest of them; zero if there is none
 * @param dead the number of dead events
 * @param held the number of {@linkplain Withheld#HELD held} events, which do not count as waiting
 */
public record Backlog(long waiting, Duration oldest, long dead, long held) {

    /** An empty backlog. */
    public static final Backlog EMPTY = new Backlog(0, Duration.ZERO, 0);

    /** Creates a backlog without held events. */
    public Backlog(long waiting, Duration oldest, long dead) {
        this(waiting, oldest, dead, 0);
    }
}
