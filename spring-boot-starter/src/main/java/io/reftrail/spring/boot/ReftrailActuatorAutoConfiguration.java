package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the actuator endpoint and of health, if the application has Spring Boot's module for them. */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailActuatorAutoConfiguration {

    /** Provides the report for the health indicator of the line of Spring Boot that is present. */
    @Bean
    LeadHealth reftrailLeadHealth(
            Reftrail reftrail, RecentBacklogs backlogs, HeldLeads held, ReftrailProperties properties) {
        return new LeadHealth(reftrail, backlogs, held, properties.health().oldestAge());
    }

    /** Requires Spring Boot's actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class ActuatorConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        ReftrailEndpoint reftrailEndpoint(Reftrail reftrail, OutboxReader reader) {
            return new ReftrailEndpoint(reftrail, reader);
        }
    }

    /** Requires the health module of Spring Boot 4; for 3.5 see {@link ReftrailBoot3HealthAutoConfiguration}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class HealthModuleConfiguration {

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
}
