package io.reftrail.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.reftrail.LeadListener;
import io.reftrail.LeadStatus;
import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CaptureResult;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Counts captures, leads and deliveries in the application's meter registry. Tags name backends and results, never
 * persons.
 */
final class ReftrailMetrics implements CaptureListener, LeadListener, DeliveryListener {

    private final ObjectProvider<MeterRegistry> registry;
    private volatile @Nullable MeterRegistry meters;

    ReftrailMetrics(ObjectProvider<MeterRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public void onCapture(String backend, CaptureResult result) {
        count("reftrail.captures", backend, "result", tag(result));
    }

    @Override
    public void onLead(String backend, LeadStatus status) {
        count("reftrail.leads", backend, "status", tag(status));
    }

    @Override
    public void onSettled(Event event, Outcome outcome) {
        count("reftrail.deliveries", event.backend(), "outcome", tag(outcome.verdict()));
    }

    @Override
    public void onRetry(Event event, String reason, Duration delay) {
        count("reftrail.deliveries", event.backend(), "outcome", "retry");
    }

    @Override
    public void onDead(Event event, String reason) {
        count("reftrail.deliveries", event.backend(), "outcome", "dead");
    }

    @Override
    public void onPause(String backend, String reason, Duration pause) {
        count("reftrail.deliveries", backend, "outcome", "pause");
    }

    private void count(String name, String backend, String key, String value) {
        MeterRegistry current = meters;
        if (current == null) {
            current = registry.getIfUnique();
            meters = current;
        }
        if (current != null) {
            current.counter(name, "backend", backend, key, value).increment();
        }
    }

    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
