package io.reftrail.delivery;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settlement;
import java.io.IOException;
import java.time.Duration;
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

    /**
     * Whether the backend would refuse the event by now, or count it a second time if an earlier answer was lost.
     */
    boolean isTooLate(TrackingBackend backend, Claim claim) {
        return claim.age().compareTo(backend.deliverWithin(claim.event())) >= 0;
    }

    /** Returns how a claim ends whose backend threw something where it must not. */
    Settlement defect(Claim claim, Throwable failure) {
        return new Settlement.Retry(
                backoff.delay(claim.attempts()), "defect: " + failure.getClass().getSimpleName());
    }

    /** Returns how the claim ends. In a pause it is the queue that waits, so that whoever ends the pause is obeyed at once. */
    Settlement settlement(TrackingBackend backend, Claim claim, Outcome outcome) {
        if (outcome.verdict().isFinal()) {
            return new Settlement.Done(outcome);
        }
        Duration delay = outcome.pause() == null ? backoff.delay(claim.attempts()) : outcome.pause();
        if (claim.age().plus(delay).compareTo(backend.deliverWithin(claim.event())) > 0) {
            return new Settlement.Dead(outcome.reason());
        }
        return outcome.pause() == null
                ? new Settlement.Retry(delay, outcome.reason())
                : new Settlement.Postponed(Duration.ZERO);
    }
}
