package io.reftrail.spring.boot;

import org.jspecify.annotations.NullMarked;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** A report as Spring Boot 3.5 has it. */
@NullMarked
final class Boot3HealthIndicator implements HealthIndicator {

    private final HealthReport.Source source;

    Boot3HealthIndicator(HealthReport.Source source) {
        this.source = source;
    }

    @Override
    public Health health() {
        HealthReport report = source.report();
        return Health.status(new Status(report.status(), report.description()))
                .withDetails(report.details())
                .build();
    }
}
