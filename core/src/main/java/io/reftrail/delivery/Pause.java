package io.reftrail.delivery;

import io.reftrail.model.Outcome;
import java.time.Duration;
import java.time.Instant;

/**
 * That a queue rests, and why.
 *
 * @param since when it began
 * @param until when a probe may go ahead
 * @param length how long it is between two probes
 * @param credentials whether the backend has refused the credentials: then only a final answer ends it
 * @param reason what the backend has said
 */
record Pause(Instant since, Instant until, Duration length, boolean credentials, String reason) {

    static Pause of(Outcome outcome, Duration length, Instant now) {
        return new Pause(now, now.plus(length), length, outcome.credentials(), outcome.reason());
    }

    /** The same pause after another answer that asks for one: the longer counts, and so do refused credentials. */
    Pause and(Outcome outcome, Duration other, Instant now) {
        Instant end = now.plus(other);
        boolean news = outcome.credentials() || !credentials;
        return new Pause(
                since,
                end.isAfter(until) ? end : until,
                news ? other : length,
                credentials || outcome.credentials(),
                news ? outcome.reason() : reason);
    }

    Pause restarted(Instant now) {
        return new Pause(since, now.plus(length), length, credentials, reason);
    }

    Pause overAt(Instant now) {
        return new Pause(since, now, length, credentials, reason);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    Duration rest(Instant now) {
        return isOver(now) ? Duration.ZERO : Duration.between(now, until);
    }

    /** Whether the answer to a probe ends this pause; the answer is not one that asks for a pause. */
    boolean isEndedBy(Outcome answer) {
        return !credentials || answer.verdict().isFinal();
    }

    QueueStatus status(String backend, int inFlight, Instant now) {
        QueueStatus.State state = credentials ? QueueStatus.State.PAUSED_FOR_CREDENTIALS : QueueStatus.State.PAUSED;
        return new QueueStatus(backend, state, rest(now), reason, inFlight);
    }
}
