package io.reftrail.spring.boot;

import org.jspecify.annotations.NullMarked;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of health for Spring Boot 3.5, where health is part of the actuator. The types moved in Spring Boot 4, so this class
 * is compiled apart from the rest of the starter, and is not loaded there.
 */
@NullMarked
@AutoConfiguration(afterName = "io.reftrail.spring.boot.ReftrailActuatorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(HealthReport.Source.class)
public final class ReftrailBoot3HealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("reftrail")
    @ConditionalOnMissingBean(name = "reftrailHealthIndicator")
    HealthIndicator reftrailHealthIndicator(HealthReport.Source source) {
        return () -> {
            HealthReport report = source.report();
            return Health.status(new Status(report.status(), report.description()))
                    .withDetails(report.details())
                    .build();
        };
    }
}
