package io.reftrail.samples.sandbox;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets the sandbox read {@code sandbox.properties} and never {@code application.properties}, which belongs to the
 * application under test when both are on one class path. Every other application is left alone, and so is a
 * {@code spring.config.name} that somebody sets.
 */
final class SandboxConfigName implements EnvironmentPostProcessor, Ordered {

    private static final String PROPERTY = "spring.config.name";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (application.getAllSources().contains(SandboxBackend.class) && !environment.containsProperty(PROPERTY)) {
            environment.getPropertySources().addLast(new MapPropertySource("sandbox", Map.of(PROPERTY, "sandbox")));
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }
}
