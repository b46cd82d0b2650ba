package io.reftrail.spring.boot;

import io.reftrail.LeadListener;
import io.reftrail.SaleListener;
import io.reftrail.capture.CaptureListener;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.SendObserver;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.util.List;

/** A composition of an application's listener beans. */
final class Listeners {

    private Listeners() {}

    static CaptureListener capture(List<CaptureListener> listeners) {
        return (backend, result) -> listeners.forEach(listener -> listener.onCapture(backend, result));
    }

    static LeadListener lead(List<LeadListener> listeners) {
        return (backend, status) -> listeners.forEach(listener -> listener.onLead(backend, status));
    }

    static SaleListener sale(List<SaleListener> listeners) {
        return (backend, type, status) -> listeners.forEach(listener -> listener.onSale(backend, type, status));
    }

    /** Returns an observer that calls all; the first one is the outermost. */
    static SendObserver send(List<SendObserver> observers) {
        SendObserver all = SendObserver.NONE;
        for (SendObserver observer : observers) {
            SendObserver outer = all;
            all = (event, send) -> outer.observe(event, () -> observer.observe(event, send));
        }
        return all;
    }

    static DeliveryListener delivery(List<DeliveryListener> listeners) {
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                listeners.forEach(listener -> listener.onSettled(event, outcome));
            }

            @Override
            public void onRetry(Event event, String reason, Duration delay) {
                listeners.forEach(listener -> listener.onRetry(event, reason, delay));
            }

            @Override
            public void onDead(Event event, String reason) {
                listeners.forEach(listener -> listener.onDead(event, reason));
            }

            @Override
            public void onPause(String backend, String reason, Duration pause) {
                listeners.forEach(listener -> listener.onPause(backend, reason, pause));
            }
        };
    }
}
