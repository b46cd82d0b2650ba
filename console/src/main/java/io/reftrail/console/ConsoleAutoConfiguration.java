package io.reftrail.console;

import io.reftrail.Monitoring;
import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.spring.boot.ReftrailAutoConfiguration;
import io.reftrail.spring.boot.StartReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;

/** Auto-configuration of the console, if {@code reftrail.console.enabled} is {@code true} and the endpoint is exposed. */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.console.enabled", havingValue = "true")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ConditionalOnAvailableEndpoint.class, DispatcherServlet.class})
@ConditionalOnBean({Reftrail.class, Monitoring.class})
public final class ConsoleAutoConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(ConsoleAutoConfiguration.class);

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = ConsoleEndpoint.class)
    ConsoleEndpoint reftrailConsole(
            Reftrail reftrail, Monitoring monitoring, ObjectProvider<StartReport> start, ConsoleAccess access) {
        return new ConsoleEndpoint(reftrail, monitoring, start, access);
    }

    @Bean
    ConsoleAccess reftrailConsoleAccess(Environment environment) {
        return new ConsoleAccess(environment.getProperty("reftrail.console.secured-elsewhere", Boolean.class, false));
    }

    /** Serves the console below the endpoint {@code reftrail}, unless the application maps it to another path. */
    @Bean
    PathMapper reftrailConsolePath() {
        return id -> id.equals(EndpointId.of(ConsoleEndpoint.ID)) ? "reftrail/console" : null;
    }

    /**
     * @throws InvalidSettingException if the outbox lacks the tables for counts
     */
    @Bean
    SmartInitializingSingleton reftrailConsoleCheck(Monitoring monitoring, ObjectProvider<ConsoleEndpoint> endpoint) {
        return () -> {
            monitoring.require();
            if (endpoint.getIfAvailable() == null) {
                logger.warn("The console is enabled and not exposed. Add reftrail-console to"
                        + " management.endpoints.web.exposure.include.");
            }
        };
    }
}
