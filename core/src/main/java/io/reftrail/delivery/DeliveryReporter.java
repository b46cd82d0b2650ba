package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Settlement;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to the log and tells the application's listener, whose failures stay its own. */
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
            logger.debug("{} failed ({}), next try in {}", event, retry.reason(), retry.delay());
            tell(to -> to.onRetry(event, retry.reason(), retry.delay()));
        } else if (settlement instanceof Settlement.Dead dead) {
            logger.warn("{} was given up and is kept: {}", event, dead.reason());
            tell(to -> to.onDead(event, dead.reason()));
        }
    }

    /** Anybody can make up a click: what becomes of it is no news. */
    private void done(Event event, Outcome outcome) {
        boolean refused = outcome.verdict() == Verdict.REJECTED || outcome.verdict() == Verdict.IGNORED;
        if (refused && event.type() != Event.Type.CLICK) {
            logger.warn("{} counts for nobody, {}: {}", event, outcome.verdict(), outcome.reason());
        } else {
            logger.debug("{}: {}, {}", event, outcome.verdict(), outcome.reason());
        }
        tell(to -> to.onSettled(event, outcome));
    }

    void changed(String backend, Change change, Outcome outcome) {
        Duration pause = outcome.pause() == null ? Duration.ZERO : outcome.pause();
        switch (change.kind()) {
            case NONE -> {}
            case PAUSED -> {
                logger.warn("{} is paused for {}: {}. Its events wait.", backend, pause, outcome.reason());
                tell(to -> to.onPause(backend, outcome.reason(), pause));
            }
            case REFUSED -> {
                logger.warn(
                        "{} refuses the credentials, {}. They are the properties reftrail.{}.*. Events for {} wait"
                                + " and none is lost; one is sent as a probe every {}.",
                        backend,
                        outcome.reason(),
                        backend,
                        backend,
                        pause);
                tell(to -> to.onPause(backend, outcome.reason(), pause));
            }
            case RESUMED -> logger.info("{} goes on after a rest of {}", backend, change.rested());
        }
    }

    private void tell(Consumer<DeliveryListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException | Error failure) {
            logger.warn("A delivery listener failed", RedactedFailure.of(failure));
        }
    }
}
