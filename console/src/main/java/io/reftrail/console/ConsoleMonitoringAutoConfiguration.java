package io.reftrail.console;

import io.reftrail.Monitoring;
import io.reftrail.spring.boot.ReftrailAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the counts that the console shows, if {@code reftrail.console.enabled} is {@code true}: also on processes that do
 * not expose the console.
 */
@AutoConfiguration(before = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.console.enabled", havingValue = "true")
public final class ConsoleMonitoringAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Monitoring reftrailMonitoring() {
        return new Monitoring();
    }
}
