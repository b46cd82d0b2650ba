package io.reftrail.console;

import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The check of the console's access in the context that serves it, which has a port of its own if the actuator has one. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "reftrail.console.enabled", havingValue = "true")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class ConsoleManagementConfiguration {

    /** @throws io.reftrail.model.InvalidSettingException if anybody could open the console */
    @Bean
    SmartInitializingSingleton reftrailConsoleAccessCheck(
            ObjectProvider<ConsoleAccess> access,
            ObjectProvider<ConsoleEndpoint> endpoint,
            ObjectProvider<PathMappedEndpoints> endpoints,
            ServletContext servletContext,
            ListableBeanFactory beans,
            Environment environment) {
        return () -> {
            ConsoleAccess checked = access.getIfAvailable();
            PathMappedEndpoints paths = endpoints.getIfAvailable();
            String path = paths == null ? null : paths.getPath(EndpointId.of(ConsoleEndpoint.ID));
            if (checked != null && endpoint.getIfAvailable() != null && path != null) {
                checked.check(path, servletContext, beans, environment);
            }
        };
    }
}
