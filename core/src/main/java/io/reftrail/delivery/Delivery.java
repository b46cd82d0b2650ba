package io.reftrail.delivery;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.StatusCodes;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Settlement;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to deliver a claimed event: the call, and the settlement that follows from the reply. Stateless. */
final class Delivery {

    private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

    /** The delay of an event whose predecessor was replayed at the moment of the claim. */
    private static final Duration AFTER_REPLAY = Duration.ofSeconds(1);

    private final HttpTransport transport;
    private final Backoff backoff;
    private final List<SendObserver> observers;

    /** @param observers observers of each send, the outermost first */
    Delivery(HttpTransport transport, Backoff backoff, List<SendObserver> observers) {
        this.transport = transport;
        this.backoff = backoff;
        this.observers = List.copyOf(observers);
    }

    /** Returns the claimed event with the attribution of its predecessor, if that is to the same click. */
    static Event withAttributionOfPredecessor(Claim claim) {
        LedgerEntry predecessor = claim.predecessor();
        Event event = claim.event();
        if (predecessor == null || predecessor.attribution().awaitsClickId()) {
            return event;
        }
        Attribution known = predecessor.attribution();
        return known.isToSameClick(event.attribution()) ? event.withAttribution(known) : event;
    }

    /**
     * Returns the settlement of an event that needs no call, or {@code null} if it has to be sent.
     *
     * @param event the event with {@linkplain #withAttributionOfPredecessor what is known} about its click
     */
    @Nullable
    Settlement settlementWithoutCall(TrackingBackend backend, Claim claim, Event event) {
        LedgerEntry before = claim.predecessor();
        if (before != null && before.isDeclined()) {
            return new Settlement.Declined(Objects.requireNonNullElse(before.reason(), ""));
        }
        if (mayHaveBeenSent(backend, claim)) {
            return mustNotBeSentTwice("the process that sent it ended without its answer");
        }
        if (claim.age().compareTo(backend.deliveryTimeout(event)) >= 0) {
            return new Settlement.Dead("not delivered within " + backend.deliveryTimeout(event));
        }
        Settlement byPredecessor = event.follows() == null ? null : settlementByPredecessor(event, claim.predecessor());
        if (byPredecessor != null) {
            return byPredecessor;
        }
        if (!backend.reports().contains(event.type())) {
            return done(claim, event, Outcome.of(Verdict.RECORDED, "stored only: the backend takes no such event"));
        }
        Outcome outcome = backend.outcomeWithoutCall(event);
        return outcome == null || !outcome.verdict().isFinal() ? null : done(claim, event, outcome);
    }

    /**
     * Returns whether an earlier process may have sent an event that must not be sent twice. Only the claim's mark says so, and a
     * settlement that returns the event to the outbox removes it. Never throws.
     */
    static boolean mayHaveBeenSent(TrackingBackend backend, Claim claim) {
        if (!claim.reclaimed()) {
            return false;
        }
        try {
            return backend.reports().contains(claim.event().type()) && !backend.isRepeatable(claim.event());
        } catch (RuntimeException | Error defect) {
            logger.warn(
                    "Backend {} could not decide whether {} may be sent twice; it is not sent again",
                    backend.name(),
                    claim.event(),
                    RedactedFailure.of(defect));
            return true;
        }
    }

    /**
     * Returns the settlement that the predecessor of an event decides, or {@code null}. A dead predecessor can be replayed, and
     * then the event. The lead of a click that is not attributed keeps the click before it, if there was one.
     */
    private static @Nullable Settlement settlementByPredecessor(Event event, @Nullable LedgerEntry predecessor) {
        String name = event.type() == Event.Type.LEAD ? "its click" : "its predecessor";
        boolean pending = event.attribution().awaitsClickId();
        if (predecessor == null) {
            boolean independent =
                    event.type() != Event.Type.LEAD || event.attribution().clickKey() == null;
            return independent && !pending ? null : new Settlement.Dead(name + " is unknown");
        }
        if (predecessor.verdict() == null) {
            return predecessor.reason() == null
                    ? new Settlement.Postponed(AFTER_REPLAY)
                    : new Settlement.Dead(name + " was given up: " + predecessor.reason());
        }
        return pending
                ? new Settlement.Done(Outcome.of(Verdict.IGNORED, name + " is not attributed: " + predecessor.reason()))
                : null;
    }

    /** Sends the call of an event once, whatever the observers do. Never throws. */
    Outcome send(TrackingBackend backend, Event event, HttpCall call) {
        SingleSend send = new SingleSend(() -> reply(backend, event, call));
        for (int index = observers.size() - 1; index >= 0; index--) {
            SendObserver observer = observers.get(index);
            SingleSend observed = send;
            send = new SingleSend(() -> observe(observer, event, observed));
        }
        return send.get();
    }

    private static Outcome observe(SendObserver observer, Event event, SingleSend send) {
        try {
            observer.observe(event, send);
        } catch (RuntimeException | Error failure) {
            logger.warn("The send observer {} failed", observer.getClass().getName(), RedactedFailure.of(failure));
        }
        return send.get();
    }

    private Outcome reply(TrackingBackend backend, Event event, HttpCall call) {
        try {
            return backend.outcome(event, transport.send(call));
        } catch (ConnectException failure) {
            logger.debug("No connection to {}", backend.name(), RedactedFailure.of(failure));
            return unsent(backend, event, "no connection: " + failure.getClass().getSimpleName());
        } catch (IOException failure) {
            logger.debug("No reply from {}", backend.name(), RedactedFailure.of(failure));
            return Outcome.of(Verdict.RETRY, "no reply: " + failure.getClass().getSimpleName());
        } catch (RuntimeException | Error failure) {
            logger.warn("Backend {} failed to report {}", backend.name(), event, RedactedFailure.of(failure));
            return Outcome.of(Verdict.RETRY, "defect: " + failure.getClass().getSimpleName());
        }
    }

    /** Returns the outcome of a call that was never made. An event that must not be sent twice is kept, and its queue pauses. */
    private static Outcome unsent(TrackingBackend backend, Event event, String reason) {
        return backend.isRepeatable(event)
                ? Outcome.of(Verdict.RETRY, reason)
                : Outcome.pause(StatusCodes.PAUSE, reason);
    }

    /** Returns the settlement that follows from an outcome. During a pause the queue waits, not the event. */
    Settlement settlement(TrackingBackend backend, Claim claim, Event event, Outcome outcome) {
        if (outcome.verdict().isFinal()) {
            return done(claim, event, outcome);
        }
        if (outcome.verdict() == Verdict.RETRY && !backend.isRepeatable(event)) {
            return mustNotBeSentTwice(outcome.reason());
        }
        Duration delay = outcome.pause() == null ? backoff.delay(claim.attempts()) : outcome.pause();
        if (claim.age().plus(delay).compareTo(backend.deliveryTimeout(event)) > 0) {
            return new Settlement.Dead(outcome.reason());
        }
        return outcome.pause() == null
                ? new Settlement.Retry(delay, outcome.reason())
                : new Settlement.Postponed(Duration.ZERO);
    }

    private static Settlement mustNotBeSentTwice(String reason) {
        return new Settlement.Dead(
                DeadEvent.MAY_BE_RECORDED + "; replay it if the backend does not show it (" + reason + ")");
    }

    /**
     * Returns the settlement of an event whose backend threw an exception.
     *
     * @param mayBeSentAgain whether the call was not made, or the event may be sent twice
     */
    Settlement settlementOfDefect(Claim claim, boolean mayBeSentAgain, Throwable failure) {
        String reason = "defect: " + failure.getClass().getSimpleName();
        return mayBeSentAgain
                ? new Settlement.Retry(backoff.delay(claim.attempts()), reason)
                : mustNotBeSentTwice(reason);
    }

    /** Returns the settlement with the attribution that the event has from its predecessor, so that its successor gets it too. */
    private static Settlement done(Claim claim, Event event, Outcome outcome) {
        boolean learnt = !event.attribution().equals(claim.event().attribution());
        return new Settlement.Done(
                learnt && outcome.attribution() == null ? outcome.withAttribution(event.attribution()) : outcome);
    }

    /** A send that happens once, however often and on whatever thread it is requested. Never throws. */
    private static final class SingleSend implements Supplier<Outcome> {

        private final FutureTask<Outcome> task;

        SingleSend(Supplier<Outcome> send) {
            this.task = new FutureTask<>(send::get);
        }

        @Override
        public Outcome get() {
            task.run();
            try {
                return task.get();
            } catch (ExecutionException defect) {
                return Outcome.of(Verdict.RETRY, "defect while sending");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Outcome.of(Verdict.RETRY, "interrupted");
            }
        }
    }
}
