package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one backend's queue: how many calls are in flight, and whether it rests. After a rest one call goes ahead
 * as a probe; only its answer opens the queue again. One backend's trouble holds no other back.
 */
final class BackendQueue {

    /** How an answer changed the queue. */
    enum Change {
        NONE,
        PAUSED,
        RESUMED
    }

    private final TrackingBackend backend;
    private final int maxInFlight;
    private final Clock clock;
    private int inFlight;
    private @Nullable Instant pausedUntil;

    BackendQueue(TrackingBackend backend, int maxInFlight, Clock clock) {
        this.backend = backend;
        this.maxInFlight = maxInFlight;
        this.clock = clock;
    }

    TrackingBackend backend() {
        return backend;
    }

    /** How many more calls may start now. */
    synchronized int room() {
        if (pausedUntil == null) {
            return maxInFlight - inFlight;
        }
        boolean probe = inFlight == 0 && !clock.instant().isBefore(pausedUntil);
        return probe ? 1 : 0;
    }

    synchronized boolean isIdle() {
        return inFlight == 0;
    }

    synchronized void started() {
        inFlight++;
    }

    synchronized Change finished(Outcome outcome) {
        inFlight--;
        Instant now = clock.instant();
        if (outcome.verdict() == Verdict.PAUSE && outcome.pause() != null) {
            boolean resting = pausedUntil != null;
            Instant until = now.plus(outcome.pause());
            pausedUntil = pausedUntil == null || until.isAfter(pausedUntil) ? until : pausedUntil;
            return resting ? Change.NONE : Change.PAUSED;
        }
        if (pausedUntil != null && !now.isBefore(pausedUntil)) {
            pausedUntil = null;
            return Change.RESUMED;
        }
        return Change.NONE;
    }

    /** Ends a call that was never made: it says nothing of the backend. */
    synchronized void abandoned() {
        inFlight--;
    }

    /** How long the queue still rests; zero if it does not. */
    synchronized Duration rest() {
        Duration rest = pausedUntil == null ? Duration.ZERO : Duration.between(clock.instant(), pausedUntil);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    synchronized QueueStatus status() {
        QueueStatus.State state = pausedUntil == null ? QueueStatus.State.RUNNING : QueueStatus.State.PAUSED;
        return new QueueStatus(backend.name(), state, rest(), "", inFlight);
    }

    /** Lets the probe go ahead now. */
    synchronized void resume() {
        pausedUntil = pausedUntil == null ? null : clock.instant();
    }
}
