package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Settlement;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt: sends a claimed event and decides from the reply how its claim ends. Has no state. */
final class Delivery {

    private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

    /** For an event whose predecessor was replayed at the moment it was claimed. */
    private static final Duration AFTER_A_REPLAY = Duration.ofSeconds(1);

    private final HttpTransport transport;
    private final Backoff backoff;
    private final SendObserver observer;

    Delivery(HttpTransport transport, Backoff backoff, SendObserver observer) {
        this.transport = transport;
        this.backoff = backoff;
        this.observer = observer;
    }

    /**
     * Returns how a claim ends without a call, or {@code null} if its event is to be sent.
     *
     * @param event see {@link #informed}
     */
    @Nullable
    Settlement withoutCall(TrackingBackend backend, Claim claim, Event event) {
        if (claim.age().compareTo(backend.deliveryTimeout(event)) >= 0) {
            return new Settlement.Dead("not delivered within " + backend.deliveryTimeout(event));
        }
        Settlement unfounded = event.follows() == null ? null : unfounded(event, claim.predecessor());
        if (unfounded != null) {
            return unfounded;
        }
        if (!backend.reports().contains(event.type())) {
            return done(
                    claim, event, Outcome.of(Verdict.RECORDED, "kept here, because the backend takes no such event"));
        }
        Outcome outcome = backend.outcomeWithoutCall(event);
        return outcome == null || !outcome.verdict().isFinal() ? null : done(claim, event, outcome);
    }

    /**
     * What was given up may be replayed, and what follows it then goes after it. A click that counts for nobody leaves its
     * lead to the click before it, if there was one.
     */
    private static @Nullable Settlement unfounded(Event event, @Nullable LedgerEntry before) {
        String what = event.type() == Event.Type.LEAD ? "its click" : "what it follows";
        if (before == null) {
            boolean founded =
                    event.type() != Event.Type.LEAD || event.attribution().clickKey() == null;
            return founded && !event.attribution().awaitsClickId() ? null : new Settlement.Dead(what + " is not known");
        }
        if (before.verdict() == null) {
            return before.reason() == null
                    ? new Settlement.Postponed(AFTER_A_REPLAY)
                    : new Settlement.Dead(what + " was given up: " + before.reason());
        }
        return !event.attribution().awaitsClickId()
                ? null
                : new Settlement.Done(Outcome.of(Verdict.IGNORED, what + " counts for nobody: " + before.reason()));
    }

    /** Returns the event with what is known of its click by now. */
    static Event informed(Claim claim) {
        LedgerEntry predecessor = claim.predecessor();
        Event event = claim.event();
        if (predecessor == null || predecessor.attribution().awaitsClickId()) {
            return event;
        }
        Attribution known = predecessor.attribution();
        return known.isToSameClick(event.attribution()) ? event.withAttribution(known) : event;
    }

    private static Settlement done(Claim claim, Event event, Outcome outcome) {
        return new Settlement.Done(remembering(claim, event, outcome));
    }

    /** What an event has learnt from the one before it stays with it, so that the next one learns it too. */
    private static Outcome remembering(Claim claim, Event event, Outcome outcome) {
        boolean learnt = !event.attribution().equals(claim.event().attribution());
        return learnt && outcome.attribution() == null ? outcome.withAttribution(event.attribution()) : outcome;
    }

    /**
     * Sends the event, once, whatever the observer does around it; its failures are its own. Whatever else goes wrong is
     * an outcome, never an exception.
     */
    Outcome attempt(TrackingBackend backend, Event event) {
        SingleSend send = new SingleSend(() -> send(backend, event));
        try {
            observer.observe(event, send);
        } catch (RuntimeException | Error failure) {
            logger.warn("A send observer failed", RedactedFailure.of(failure));
        }
        return send.get();
    }

    private Outcome send(TrackingBackend backend, Event event) {
        try {
            return backend.outcome(event, transport.send(backend.call(event)));
        } catch (IOException failure) {
            logger.debug("No reply from {}", backend.name(), RedactedFailure.of(failure));
            return Outcome.of(Verdict.RETRY, "no reply: " + failure.getClass().getSimpleName());
        } catch (RuntimeException | Error failure) {
            logger.warn("Backend {} cannot report {}", backend.name(), event, RedactedFailure.of(failure));
            return Outcome.of(Verdict.RETRY, "defect: " + failure.getClass().getSimpleName());
        }
    }

    /** Returns how a claim ends whose backend threw something where it must not. */
    Settlement defect(Claim claim, Throwable failure) {
        return new Settlement.Retry(
                backoff.delay(claim.attempts()), "defect: " + failure.getClass().getSimpleName());
    }

    /** Returns how the claim ends. In a pause it is the queue that waits, so that whoever ends the pause is obeyed at once. */
    Settlement settlement(TrackingBackend backend, Claim claim, Event event, Outcome outcome) {
        if (outcome.verdict().isFinal()) {
            return done(claim, event, outcome);
        }
        Duration delay = outcome.pause() == null ? backoff.delay(claim.attempts()) : outcome.pause();
        if (claim.age().plus(delay).compareTo(backend.deliveryTimeout(event)) > 0) {
            return new Settlement.Dead(outcome.reason());
        }
        return outcome.pause() == null
                ? new Settlement.Retry(delay, outcome.reason())
                : new Settlement.Postponed(Duration.ZERO);
    }
}
