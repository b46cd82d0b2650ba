package io.reftrail;

import io.reftrail.capture.CaptureListener;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.DecisionListener;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.RedactedFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Composites of an application's listeners. Each listener is called whatever the others throw; the log names those that failed. */
final class Listeners {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private Listeners() {}

    private static <L> void each(List<L> listeners, Consumer<L> call) {
        for (L listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException | Error failure) {
                logger.warn("The listener {} failed", listener.getClass().getName(), RedactedFailure.of(failure));
            }
        }
    }

    static CaptureListener capture(List<CaptureListener> added) {
        List<CaptureListener> listeners = List.copyOf(added);
        return (backend, result) -> each(listeners, listener -> listener.onCapture(backend, result));
    }

    static LeadListener lead(List<LeadListener> added) {
        List<LeadListener> listeners = List.copyOf(added);
        return (backend, status) -> each(listeners, listener -> listener.onLead(backend, status));
    }

    static SaleListener sale(List<SaleListener> added) {
        List<SaleListener> listeners = List.copyOf(added);
        return (backend, type, status) -> each(listeners, listener -> listener.onSale(backend, type, status));
    }

    static DecisionListener decision(List<DecisionListener> added) {
        List<DecisionListener> listeners = List.copyOf(added);
        return decision -> each(listeners, listener -> listener.onDecision(decision));
    }

    static DeliveryListener delivery(List<DeliveryListener> added) {
        List<DeliveryListener> listeners = List.copyOf(added);
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                each(listeners, listener -> listener.onSettled(event, outcome));
            }

            @Override
            public void onRetry(Event event, String reason, Duration delay) {
                each(listeners, listener -> listener.onRetry(event, reason, delay));
            }

            @Override
            public void onDead(Event event, String reason) {
                each(listeners, listener -> listener.onDead(event, reason));
            }

            @Override
            public void onDeclined(Event event, String reason) {
                each(listeners, listener -> listener.onDeclined(event, reason));
            }

            @Override
            public void onPause(String backend, String reason, Duration pause) {
                each(listeners, listener -> listener.onPause(backend, reason, pause));
            }
        };
    }
}
