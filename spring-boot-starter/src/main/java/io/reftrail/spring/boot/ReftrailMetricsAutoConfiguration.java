package io.reftrail.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.reftrail.Reftrail;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of meters and observations, if the application has Micrometer. */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailMetricsAutoConfiguration {

    /** Requires Micrometer's meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetersConfiguration {

        @Bean
        ReftrailMetrics reftrailMetrics(ObjectProvider<MeterRegistry> registry) {
            return new ReftrailMetrics(registry);
        }

        @Bean
        ReftrailGauges reftrailGauges(Reftrail reftrail, RecentBacklogs backlogs) {
            return new ReftrailGauges(reftrail, backlogs);
        }
    }

    /** Requires Micrometer's observations. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {

        @Bean
        ObservedSends reftrailObservedSends(
                ObjectProvider<ObservationRegistry> registries,
                ObjectProvider<SendObservation.Convention> conventions) {
            return new ObservedSends(registries, conventions);
        }
    }
}
