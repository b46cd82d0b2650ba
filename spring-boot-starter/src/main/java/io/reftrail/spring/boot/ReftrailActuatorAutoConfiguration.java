package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the actuator endpoint and the health indicator, each if the application has the required module. */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailActuatorAutoConfiguration {

    /** Returns the report that both kinds of indicators use. */
    @Bean
    LeadHealth reftrailLeadHealth(Reftrail reftrail, RecentBacklogs backlogs, ReftrailProperties properties) {
        return new LeadHealth(reftrail, backlogs, properties.health().oldestAge());
    }

    /** The endpoint, with Boot's actuator. */
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

    /** The health indicator, with Boot 4's health module; see {@link ReftrailBoot3HealthAutoConfiguration}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class HealthModuleConfiguration {

        @Bean
        @ConditionalOnEnabledHealthIndicator("reftrail")
        @ConditionalOnMissingBean(name = "reftrailHealthIndicator")
        ReftrailHealthIndicator reftrailHealthIndicator(HealthReport.Source source) {
            return new ReftrailHealthIndicator(source);
        }
    }
}
