package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one backend in this process: a buffer of claimed events, the number of calls in flight, and the pause that the backend
 * has asked for. After a pause one call is sent as a probe; the queue continues when the probe is answered, or if there is no
 * event to probe with. Thread-safe; its lock is not held while an event is sent or the outbox is called.
 */
final class BackendQueue {

    /** The number of buffered events for each call that may be in flight, so that claims come in batches. */
    static final int BUFFERED_FOR_EACH_CALL = 4;

    private final TrackingBackend backend;
    private final int maxInFlight;
    private final Clock clock;
    private final Consumer<Claim> givenBack;
    private final Queue<Buffered> buffer = new ArrayDeque<>();
    private final TokenBucket tokens;
    private int inFlight;
    private boolean probing;
    private @Nullable Pause pause;

    /** A claim that waits for its permit, until there is not enough of its lease left. */
    private record Buffered(Claim claim, Instant sendBefore) {}

    /**
     * The permission to send one claimed event.
     *
     * @param claim the event
     * @param probe whether the answer decides if a paused queue continues
     */
    record SendPermit(Claim claim, boolean probe) {}

    /**
     * The effect of an answer on the queue.
     *
     * @param kind the kind of effect
     * @param paused how long the queue was paused; zero unless it is resumed
     */
    record QueueTransition(Kind kind, Duration paused) {

        enum Kind {
            NONE,
            PAUSED,
            CREDENTIALS_REFUSED,
            RESUMED
        }

        static final QueueTransition NONE = of(Kind.NONE);

        static QueueTransition of(Kind kind) {
            return new QueueTransition(kind, Duration.ZERO);
        }
    }

    /** @param givenBack takes claims that are not sent; called while the lock is held */
    BackendQueue(TrackingBackend backend, int maxInFlight, Clock clock, Consumer<Claim> givenBack) {
        this.backend = backend;
        this.maxInFlight = maxInFlight;
        this.clock = clock;
        this.givenBack = givenBack;
        this.tokens = new TokenBucket(backend.rateLimit(), clock.instant());
    }

    TrackingBackend backend() {
        return backend;
    }

    /** Returns the number of events to claim now; zero while more than half of the buffer is full. */
    synchronized int room() {
        Instant now = clock.instant();
        int allowed = tokens.available(now) - buffer.size();
        if (pause != null) {
            return mayProceed(now) && buffer.isEmpty() ? Math.min(1, allowed) : 0;
        }
        int capacity = maxInFlight * BUFFERED_FOR_EACH_CALL;
        int wanted = buffer.size() > capacity / 2 ? 0 : capacity + maxInFlight - inFlight - buffer.size();
        return Math.max(0, Math.min(wanted, allowed));
    }

    /** Adds claimed events. If there is no event to probe with, a pause whose time is over ends. */
    synchronized void add(List<Claim> claims, Instant sendBefore) {
        claims.forEach(claim -> buffer.add(new Buffered(claim, sendBefore)));
        if (!mayProceed(clock.instant())) {
            giveBackAll();
        } else if (claims.isEmpty() && isIdle()) {
            pause = null;
        }
    }

    /** Returns the permission to send the next event, which then is in flight, or {@code null} if none may be sent now. */
    synchronized @Nullable SendPermit next() {
        Instant now = clock.instant();
        giveBackExpired(now);
        if (buffer.isEmpty() || inFlight >= maxInFlight || !mayProceed(now) || !tokens.take(now)) {
            return null;
        }
        inFlight++;
        probing = pause != null;
        return new SendPermit(buffer.remove().claim(), probing);
    }

    private void giveBackExpired(Instant now) {
        while (!buffer.isEmpty() && buffer.element().sendBefore().isBefore(now)) {
            giveBack(buffer.remove().claim());
        }
    }

    /**
     * Gives a claim back. If an earlier process may have sent the event, its lease is left to end instead, so that the next claim is
     * marked as reclaimed again.
     */
    private void giveBack(Claim claim) {
        if (!Delivery.mayHaveBeenSent(backend, claim)) {
            givenBack.accept(claim);
        }
    }

    private boolean mayProceed(Instant now) {
        return pause == null || (pause.isOver(now) && !probing);
    }

    /** Pauses or resumes the queue after an answer. The event stays in flight until {@link #ended}. */
    synchronized QueueTransition answered(SendPermit permit, Outcome outcome) {
        Instant now = clock.instant();
        Pause before = pause;
        Duration requested = outcome.pause();
        if (requested != null) {
            pause = before == null ? Pause.of(outcome, requested, now) : before.and(outcome, requested, now);
            giveBackAll();
            if (outcome.credentials() && (before == null || !before.credentials())) {
                return QueueTransition.of(QueueTransition.Kind.CREDENTIALS_REFUSED);
            }
            return QueueTransition.of(before == null ? QueueTransition.Kind.PAUSED : QueueTransition.Kind.NONE);
        }
        if (before == null || !permit.probe()) {
            return QueueTransition.NONE;
        }
        pause = before.isEndedBy(outcome) ? null : before.restarted(now);
        return pause == null
                ? new QueueTransition(QueueTransition.Kind.RESUMED, Duration.between(before.since(), now))
                : QueueTransition.NONE;
    }

    /** Ends a permit whose event was not sent: it costs no token and does not resume the queue. */
    synchronized void unsent(SendPermit permit) {
        tokens.giveBack();
        ended(permit);
    }

    /** Ends a permit. */
    synchronized void ended(SendPermit permit) {
        inFlight--;
        probing = probing && !permit.probe();
    }

    /** Gives the buffered events back, except those that an earlier process may have sent. */
    synchronized void giveBackAll() {
        for (Buffered next = buffer.poll(); next != null; next = buffer.poll()) {
            giveBack(next.claim());
        }
    }

    synchronized boolean isIdle() {
        return inFlight == 0 && buffer.isEmpty();
    }

    synchronized boolean isPaused() {
        return pause != null;
    }

    /** Returns the time until an event may be sent, because of a pause or of the rate limit; zero if one may be sent now. */
    synchronized Duration delay() {
        Instant now = clock.instant();
        Duration token = tokens.untilNext(now);
        Duration paused = pause == null ? Duration.ZERO : pause.remaining(now);
        return paused.compareTo(token) > 0 ? paused : token;
    }

    /** Divides the backend's rate limit among processes. */
    synchronized void share(int senders) {
        tokens.share(senders, clock.instant());
    }

    synchronized QueueStatus status() {
        return pause == null
                ? new QueueStatus(backend.name(), QueueStatus.State.RUNNING, Duration.ZERO, "", inFlight)
                : pause.status(backend.name(), inFlight, clock.instant());
    }

    /** Lets a probe be sent now. */
    synchronized void resume() {
        pause = pause == null ? null : pause.overAt(clock.instant());
    }

    /**
     * A pause of the queue.
     *
     * @param since when it began
     * @param until when a probe may be sent
     * @param length the time between two probes
     * @param credentials whether the backend refused the credentials: only a final answer ends the pause then
     * @param reason the backend's reason
     */
    private record Pause(Instant since, Instant until, Duration length, boolean credentials, String reason) {

        static Pause of(Outcome outcome, Duration length, Instant now) {
            return new Pause(now, now.plus(length), length, outcome.credentials(), outcome.reason());
        }

        /**
         * Returns this pause after another answer that asks for one: the later end counts, and refused credentials stay refused.
         */
        Pause and(Outcome outcome, Duration other, Instant now) {
            Instant end = now.plus(other);
            boolean replaces = outcome.credentials() || !credentials;
            return new Pause(
                    since,
                    end.isAfter(until) ? end : until,
                    replaces ? other : length,
                    credentials || outcome.credentials(),
                    replaces ? outcome.reason() : reason);
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

        Duration remaining(Instant now) {
            return isOver(now) ? Duration.ZERO : Duration.between(now, until);
        }

        /** Returns whether the answer to a probe ends this pause; the answer is not one that asks for a pause. */
        boolean isEndedBy(Outcome answer) {
            return !credentials || answer.verdict().isFinal();
        }

        QueueStatus status(String backend, int inFlight, Instant now) {
            QueueStatus.State state = credentials ? QueueStatus.State.PAUSED_FOR_CREDENTIALS : QueueStatus.State.PAUSED;
            return new QueueStatus(backend, state, remaining(now), reason, inFlight);
        }
    }
}
