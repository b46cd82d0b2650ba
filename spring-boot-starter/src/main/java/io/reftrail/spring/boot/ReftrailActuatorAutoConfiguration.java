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

/** What operators see of Reftrail, each part where the application has the module that it needs. */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailActuatorAutoConfiguration {

    /** Needs Boot's actuator. */
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

    /** Needs the health module, which Boot has since version 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class HealthModuleConfiguration {

        @Bean
        @ConditionalOnEnabledHealthIndicator("reftrail")
        @ConditionalOnMissingBean(name = "reftrailHealthIndicator")
        ReftrailHealthIndicator reftrailHealthIndicator(
                Reftrail reftrail, RecentBacklogs backlogs, ReftrailProperties properties) {
            return new ReftrailHealthIndicator(
                    reftrail, backlogs, properties.health().oldestAge());
        }
    }
}
