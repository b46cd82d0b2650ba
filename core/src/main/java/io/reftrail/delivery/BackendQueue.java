package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One backend's events in this process: a few that are claimed and wait for their turn, the number of those in flight,
 * and whether the queue rests. After a rest one call goes ahead as a probe; its answer opens the queue again, or that no
 * event is there to probe with. Thread-safe; its lock is never held while sending or asking the outbox.
 */
final class BackendQueue {

    /** How many events wait for each call that may be in flight, so that claims come in batches. */
    static final int BUFFERED_FOR_EACH_CALL = 4;

    private final TrackingBackend backend;
    private final int maxInFlight;
    private final Clock clock;
    private final ClaimBuffer buffer;
    private final TokenBucket tokens;
    private int inFlight;
    private boolean probing;
    private @Nullable Pause pause;

    /** @param release takes claims that will not be sent; called with the lock held */
    BackendQueue(TrackingBackend backend, int maxInFlight, Clock clock, Consumer<Claim> release) {
        this.backend = backend;
        this.maxInFlight = maxInFlight;
        this.clock = clock;
        this.buffer = new ClaimBuffer(release);
        this.tokens = new TokenBucket(backend.rateLimit(), clock.instant());
    }

    TrackingBackend backend() {
        return backend;
    }

    /** How many events to claim now; zero while more than half of the buffer is full. */
    synchronized int room() {
        Instant now = clock.instant();
        int allowed = tokens.available(now) - buffer.size();
        if (pause != null) {
            return mayGo(now) && buffer.size() == 0 ? Math.min(1, allowed) : 0;
        }
        int buffered = maxInFlight * BUFFERED_FOR_EACH_CALL;
        int wanted = buffer.size() > buffered / 2 ? 0 : buffered + maxInFlight - inFlight - buffer.size();
        return Math.max(0, Math.min(wanted, allowed));
    }

    /** @param sendBefore when it is too late to begin to send them */
    synchronized void hold(List<Claim> claims, Instant sendBefore) {
        buffer.add(claims, sendBefore);
        if (!mayGo(clock.instant())) {
            buffer.releaseAll();
        } else if (claims.isEmpty() && isIdle()) {
            pause = null;
        }
    }

    /** Returns the next event to send and counts it as in flight, or {@code null} if none may be sent now. */
    synchronized @Nullable Turn next() {
        Instant now = clock.instant();
        if (!buffer.isReady(now) || inFlight >= maxInFlight || !mayGo(now) || !tokens.take(now)) {
            return null;
        }
        inFlight++;
        probing = pause != null;
        return new Turn(buffer.remove(), probing);
    }

    private boolean mayGo(Instant now) {
        return pause == null || (pause.isOver(now) && !probing);
    }

    /** Draws the conclusions from an answer. The event stays in flight until it has {@linkplain #ended}. */
    synchronized Change answered(Turn turn, Outcome outcome) {
        Instant now = clock.instant();
        Pause before = pause;
        Duration asked = outcome.pause();
        if (asked != null) {
            pause = before == null ? Pause.of(outcome, asked, now) : before.and(outcome, asked, now);
            buffer.releaseAll();
            if (outcome.credentials() && (before == null || !before.credentials())) {
                return Change.REFUSED;
            }
            return before == null ? Change.PAUSED : Change.NONE;
        }
        if (before == null || !turn.probe()) {
            return Change.NONE;
        }
        pause = before.isEndedBy(outcome) ? null : before.restarted(now);
        return pause == null ? Change.resumed(Duration.between(before.since(), now)) : Change.NONE;
    }

    /** Ends a turn whose event was not sent after all: it says nothing of the backend and costs no token. */
    synchronized void unsent(Turn turn) {
        tokens.giveBack();
        ended(turn);
    }

    /** Ends a turn. */
    synchronized void ended(Turn turn) {
        inFlight--;
        probing = probing && !turn.probe();
    }

    /** Gives back everything that waits for its turn. */
    synchronized void releaseAll() {
        buffer.releaseAll();
    }

    synchronized boolean isIdle() {
        return inFlight == 0 && buffer.size() == 0;
    }

    synchronized boolean isPaused() {
        return pause != null;
    }

    /** How long nothing can go ahead, be it for a pause or for the rate limit; zero if something can. */
    synchronized Duration rest() {
        Instant now = clock.instant();
        Duration token = tokens.untilNext(now);
        Duration paused = pause == null ? Duration.ZERO : pause.rest(now);
        return paused.compareTo(token) > 0 ? paused : token;
    }

    /** Shares the backend's rate limit with other processes. */
    synchronized void share(int senders) {
        tokens.share(senders, clock.instant());
    }

    synchronized QueueStatus status() {
        return pause == null
                ? new QueueStatus(backend.name(), QueueStatus.State.RUNNING, Duration.ZERO, "", inFlight)
                : pause.status(backend.name(), inFlight, clock.instant());
    }

    /** Lets the probe go ahead now. */
    synchronized void resume() {
        pause = pause == null ? null : pause.overAt(clock.instant());
    }
}
