package io.reftrail.spring.boot;

import org.jspecify.annotations.NullMarked;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Health where it still is a part of the actuator. These types moved in Spring Boot 4, which is why this class is compiled
 * apart from the rest of the starter; there it is not loaded.
 */
@NullMarked
@AutoConfiguration(afterName = "io.reftrail.spring.boot.ReftrailActuatorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(HealthReport.Source.class)
public final class ReftrailBoot3HealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("reftrail")
    @ConditionalOnMissingBean(name = "reftrailHealthIndicator")
    Boot3HealthIndicator reftrailHealthIndicator(HealthReport.Source source) {
        return new Boot3HealthIndicator(source);
    }
}
