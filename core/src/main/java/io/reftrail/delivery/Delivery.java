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
        if (claim.age().compareTo(backend.deliverWithin(event)) >= 0) {
            return new Settlement.Dead("not delivered within " + backend.deliverWithin(event));
        }
        if (event.type() != Event.Type.CLICK && event.attribution().isPending()) {
            return withoutClickId(claim.predecessor());
        }
        if (!backend.reports().contains(event.type())) {
            return done(
                    claim, event, Outcome.of(Verdict.RECORDED, "kept here, because the backend takes no such event"));
        }
        Outcome outcome = backend.withoutCall(event);
        return outcome == null || !outcome.verdict().isFinal() ? null : done(claim, event, outcome);
    }

    private static Settlement withoutClickId(@Nullable LedgerEntry click) {
        if (click == null) {
            return new Settlement.Dead("its click is not known");
        }
        return click.verdict() == null
                ? new Settlement.Dead("its click was given up: " + click.reason())
                : new Settlement.Done(Outcome.of(Verdict.IGNORED, "its click counts for nobody: " + click.reason()));
    }

    /** Returns the event with what is known of its click by now. */
    static Event informed(Claim claim) {
        LedgerEntry predecessor = claim.predecessor();
        Event event = claim.event();
        if (predecessor == null || predecessor.attribution().isPending()) {
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
        if (claim.age().plus(delay).compareTo(backend.deliverWithin(event)) > 0) {
            return new Settlement.Dead(outcome.reason());
        }
        return outcome.pause() == null
                ? new Settlement.Retry(delay, outcome.reason())
                : new Settlement.Postponed(Duration.ZERO);
    }
}
