package io.reftrail.spring.boot;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** The health indicator for Spring Boot 4 and later. */
final class ReftrailHealthIndicator implements HealthIndicator {

    private final HealthReport.Source source;

    ReftrailHealthIndicator(HealthReport.Source source) {
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
