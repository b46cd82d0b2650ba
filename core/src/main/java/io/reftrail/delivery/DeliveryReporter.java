package io.reftrail.delivery;

import io.reftrail.delivery.BackendQueue.QueueTransition;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Settlement;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reporter of the results of deliveries, which logs them and notifies the listener. */
final class DeliveryReporter {

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private final DeliveryListener listener;

    DeliveryReporter(DeliveryListener listener) {
        this.listener = listener;
    }

    void settled(Event event, Settlement settlement) {
        if (settlement instanceof Settlement.Done done) {
            done(event, done.outcome());
        } else if (settlement instanceof Settlement.Retry retry) {
            logger.debug("{} failed ({}); next attempt in {}", event, retry.reason(), retry.delay());
            notifyListener(to -> to.onRetry(event, retry.reason(), retry.delay()));
        } else if (settlement instanceof Settlement.Dead dead) {
            logger.warn("{} was given up and is kept: {}", event, dead.reason());
            notifyListener(to -> to.onDead(event, dead.reason()));
        } else if (settlement instanceof Settlement.Declined declined) {
            logger.debug("{} is not sent, because its lead was declined: {}", event, declined.reason());
            notifyListener(to -> to.onDeclined(event, declined.reason()));
        }
    }

    /** A refused click is logged at DEBUG, because anyone can invent one. */
    private void done(Event event, Outcome outcome) {
        boolean refused = outcome.verdict() == Verdict.REJECTED || outcome.verdict() == Verdict.IGNORED;
        if (refused && event.type() != Event.Type.CLICK) {
            logger.warn("{} is not attributed, {}: {}", event, outcome.verdict(), outcome.reason());
        } else {
            logger.debug("{}: {}, {}", event, outcome.verdict(), outcome.reason());
        }
        notifyListener(to -> to.onSettled(event, outcome));
    }

    void changed(String backend, QueueTransition transition, Outcome outcome) {
        Duration pause = outcome.pause() == null ? Duration.ZERO : outcome.pause();
        switch (transition.kind()) {
            case NONE -> {}
            case PAUSED -> {
                logger.warn("{} is paused for {}: {}. Its events wait.", backend, pause, outcome.reason());
                notifyListener(to -> to.onPause(backend, outcome.reason(), pause));
            }
            case CREDENTIALS_REFUSED -> {
                logger.warn(
                        "{} refuses the credentials, {}. Correct the properties reftrail.{}.*. The events for {} wait and are"
                                + " kept; one is sent as a probe every {}.",
                        backend,
                        outcome.reason(),
                        backend,
                        backend,
                        pause);
                notifyListener(to -> to.onPause(backend, outcome.reason(), pause));
            }
            case RESUMED -> logger.info("{} is resumed after a pause of {}", backend, transition.paused());
        }
    }

    private void notifyListener(Consumer<DeliveryListener> call) {
        try {
            call.accept(listener);
        } catch (RuntimeException | Error failure) {
            logger.warn("A delivery listener failed", RedactedFailure.of(failure));
        }
    }
}
