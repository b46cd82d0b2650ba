package io.reftrail.spring.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.reftrail.Reftrail;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.outbox.Backlog;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The gauges of backlogs and pauses, for each backend. Reading never throws; unknown values are NaN. */
final class ReftrailGauges implements MeterBinder {

    private final Reftrail reftrail;
    private final RecentBacklogs backlogs;

    ReftrailGauges(Reftrail reftrail, RecentBacklogs backlogs) {
        this.reftrail = reftrail;
        this.backlogs = backlogs;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String backend : reftrail.backends()) {
            Gauge.builder("reftrail.outbox.waiting", this, gauges -> gauges.backlog(backend, Backlog::waiting))
                    .tag("backend", backend)
                    .description("Events that wait for their backend")
                    .register(registry);
            TimeGauge.builder(
                            "reftrail.outbox.oldest.age",
                            this,
                            TimeUnit.SECONDS,
                            gauges -> gauges.backlog(
                                    backend, backlog -> backlog.oldest().toMillis() / 1_000.0))
                    .tag("backend", backend)
                    .description("The time that the oldest waiting event has waited")
                    .register(registry);
            Gauge.builder("reftrail.outbox.dead", this, gauges -> gauges.backlog(backend, Backlog::dead))
                    .tag("backend", backend)
                    .description("Events that were given up and are kept")
                    .register(registry);
            Gauge.builder("reftrail.outbox.held", this, gauges -> gauges.backlog(backend, Backlog::held))
                    .tag("backend", backend)
                    .description("Leads that a policy holds until an operator releases them")
                    .register(registry);
            Gauge.builder("reftrail.delivery.in.flight", this, gauges -> gauges.queue(backend, QueueStatus::inFlight))
                    .tag("backend", backend)
                    .description("Calls in flight from this process")
                    .register(registry);
            Gauge.builder("reftrail.delivery.paused", this, gauges -> gauges.queue(backend, ReftrailGauges::paused))
                    .tag("backend", backend)
                    .description("0: running, 1: the backend has asked for a pause, 2: it refuses the credentials")
                    .register(registry);
        }
    }

    private static double paused(QueueStatus queue) {
        return switch (queue.state()) {
            case RUNNING -> 0;
            case PAUSED -> 1;
            case PAUSED_FOR_CREDENTIALS -> 2;
        };
    }

    private double backlog(String backend, ToDoubleFunction<Backlog> value) {
        Backlog backlog = backlogs.of(backend);
        return backlog == null ? Double.NaN : value.applyAsDouble(backlog);
    }

    private double queue(String backend, ToDoubleFunction<QueueStatus> value) {
        return reftrail.operations().queues().stream()
                .filter(queue -> queue.backend().equals(backend))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
