package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The ways to set a property that {@code docs/configuration.md} shows. */
class PropertySourcesTests {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @TempDir
    private Path secrets;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class})
    static class Application {}

    private static ConfigurableApplicationContext start(Map<String, Object> variables, String... arguments) {
        StandardEnvironment environment = new StandardEnvironment();
        String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(source, new SystemEnvironmentPropertySource(source, variables));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--reftrail.outbox.store=memory");
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .environment(environment)
                .run(all.toArray(String[]::new));
    }

    private static ReftrailProperties properties(ConfigurableApplicationContext context) {
        return context.getBean(ReftrailProperties.class);
    }

    /** Returns the key that Introw's calls carry. */
    private static @Nullable String introwKey(ConfigurableApplicationContext context) {
        TrackingBackend introw = context.getBean(ConfiguredBackends.class).all().get(0);
        Attribution attribution = new Attribution("introw", "click-1", Instant.EPOCH);
        Lead lead = Lead.of(attribution, Customer.of("7"), introw.leadEventName(), Instant.EPOCH);
        return introw.call(lead).headers().get("x-api-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reftrail.introw.api-key",
                "reftrail.introw.apiKey",
                "reftrail.introw.api_key",
                "reftrail.introw.APIKEY"
            })
    void anySpellingWillDo(String spelling) {
        try (ConfigurableApplicationContext context = start(Map.of(), "--" + spelling + "=key")) {
            assertThat(context.getBean(Reftrail.class).backends()).containsExactly("introw");
        }
    }

    /** The start loads no class of theirs. */
    @Test
    void vendorsWithoutAPropertyAreLeftOut() {
        try (ConfigurableApplicationContext context =
                start(Map.of("REFTRAIL_DUB_APIKEY", "dub_key"), "--reftrail.introw.api-key=key")) {
            assertThat(context.getBean(ConfiguredBackends.class).vendors())
                    .extracting(BackendSettings::backend)
                    .containsExactlyInAnyOrder("introw", "dub");
        }
    }

    /** One of each form: a key, a duration, a list, a constant. */
    @Test
    void environmentVariablesAsThePageShowsThem() throws Exception {
        String page = Files.readString(PAGE);
        Map<String, Object> variables = new HashMap<>(Map.of(
                "REFTRAIL_INTROW_APIKEY", "key",
                "REFTRAIL_DELIVERY_CONNECTTIMEOUT", "500ms",
                "REFTRAIL_CAPTURE_EXCLUDE", "/health,/api/*",
                "REFTRAIL_COOKIE_SAMESITE", "strict"));
        variables.forEach((name, value) -> assertThat(page).contains(name + "=" + value + "\n"));

        try (ConfigurableApplicationContext context = start(variables)) {
            assertThat(context.getBean(Reftrail.class).backends()).containsExactly("introw");
            assertThat(properties(context).delivery().connectTimeout()).isEqualTo(Duration.ofMillis(500));
            assertThat(properties(context).capture().exclude()).containsExactly("/health", "/api/*");
            assertThat(properties(context).cookie().sameSite()).hasToString("STRICT");
        }
    }

    /** As Kubernetes mounts a secret, each entry a file; many an editor ends a file with a line break. */
    @Test
    void filesOfAConfigTreeAsThePageShowsThem() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page).contains("spring.config.import=optional:configtree:/run/secrets/\n");
        assertThat(page).contains("/run/secrets/reftrail.introw.api-key\n", "/run/secrets/reftrail/dub/api-key\n");
        Files.writeString(secrets.resolve("reftrail.introw.api-key"), "key\n");
        Path folder = Files.createDirectories(secrets.resolve("reftrail").resolve("dub"));
        Files.writeString(folder.resolve("api-key"), "another");

        try (ConfigurableApplicationContext context =
                start(Map.of(), "--spring.config.import=optional:configtree:" + secrets + "/")) {
            assertThat(context.getBean(Reftrail.class).backends()).containsExactly("introw", "dub");
            assertThat(introwKey(context)).isEqualTo("key");
        }
    }

    /** A variable of the deployment's own naming, as the README has it. */
    @Test
    void aPlaceholderForAVariableOrAFile() throws Exception {
        Files.writeString(secrets.resolve("INTROW_API_KEY"), "key\n");

        try (ConfigurableApplicationContext file = start(
                        Map.of(),
                        "--spring.config.import=optional:configtree:" + secrets + "/",
                        "--reftrail.introw.api-key=${INTROW_API_KEY}");
                ConfigurableApplicationContext variable =
                        start(Map.of("INTROW_API_KEY", "key"), "--reftrail.introw.api-key=${INTROW_API_KEY}")) {
            assertThat(introwKey(file)).isEqualTo("key");
            assertThat(introwKey(variable)).isEqualTo("key");
        }
    }
}
