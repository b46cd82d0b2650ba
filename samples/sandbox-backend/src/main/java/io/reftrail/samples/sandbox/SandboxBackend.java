package io.reftrail.samples.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the sandbox, from the command line or inside a test of another module.
 *
 * <p>The auto-configurations are listed one by one, so that whatever else is on the class path of such a test (Spring
 * Security, Reftrail's own starter, another database layer) has no say in how the sandbox behaves. Its settings come
 * from {@code sandbox.properties}, see {@link SandboxConfigName}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan
@ConfigurationPropertiesScan
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    DataSourceInitializationAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
public class SandboxBackend {

    /** Starts the sandbox and stays up until the process ends. */
    public static void main(String[] args) {
        start(args);
    }

    /**
     * Starts the sandbox, in a test for instance as {@code start("--server.port=0")}. The port it got is the property
     * {@code local.server.port} of the returned context; closing the context stops it.
     */
    public static ConfigurableApplicationContext start(String... args) {
        return SpringApplication.run(SandboxBackend.class, args);
    }

    /**
     * Lets the sandbox read {@code sandbox.properties} and never {@code application.properties}, which belongs to the
     * application under test when both are on one class path. Every other application is left alone, and so is a
     * {@code spring.config.name} that somebody sets.
     */
    static final class SandboxConfigName implements EnvironmentPostProcessor, Ordered {

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

    /**
     * The settings of all vendors. Those of one vendor are with its dialect. Defaults are in
     * {@code sandbox.properties}.
     *
     * @param merchantUrl the site under development, where partner links lead to
     * @param partners the codes of the partners whose links exist
     */
    @ConfigurationProperties("sandbox")
    record SandboxSettings(URI merchantUrl, List<String> partners) {

        /** The partners' data besides their codes. */
        static final class Partners {

            /** A partner's address is the code and this. */
            static final String DOMAIN = "@partners.example";

            private Partners() {}
        }
    }
}
