package io.reftrail.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.reftrail.LeadListener;
import io.reftrail.LeadStatus;
import io.reftrail.SaleListener;
import io.reftrail.SaleStatus;
import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CaptureResult;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.Decision;
import io.reftrail.model.DecisionListener;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The counters of captures, leads, sales, deliveries and decisions. Their tags name backends and results, and never a person.
 */
final class ReftrailMetrics implements CaptureListener, LeadListener, SaleListener, DeliveryListener, DecisionListener {

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
    public void onSale(String backend, Event.Type type, SaleStatus status) {
        count("reftrail." + tag(type) + "s", backend, "status", tag(status));
    }

    @Override
    public void onSettled(Event event, Outcome outcome) {
        countDelivery(event, tag(outcome.verdict()));
    }

    @Override
    public void onRetry(Event event, String reason, Duration delay) {
        countDelivery(event, "retry");
    }

    @Override
    public void onDead(Event event, String reason) {
        countDelivery(event, "dead");
    }

    @Override
    public void onDeclined(Event event, String reason) {
        countDelivery(event, "declined");
    }

    @Override
    public void onPause(String backend, String reason, Duration pause) {
        count("reftrail.pauses", backend);
    }

    @Override
    public void onDecision(Decision decision) {
        count(
                "reftrail.decisions",
                decision.backend() == null ? "none" : decision.backend(),
                "stage",
                tag(decision.stage()),
                "reason",
                decision.reason());
    }

    private void countDelivery(Event event, String outcome) {
        count("reftrail.deliveries", event.backend(), "event", tag(event.type()), "outcome", outcome);
    }

    private void count(String name, String backend, String... tags) {
        MeterRegistry current = meters;
        if (current == null) {
            current = registry.getIfUnique();
            meters = current;
        }
        if (current != null) {
            Iterable<Tag> all = Tags.of("backend", backend).and(tags); // Micrometer 1.15 has no method for Tags
            current.counter(name, all).increment();
        }
    }

    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
