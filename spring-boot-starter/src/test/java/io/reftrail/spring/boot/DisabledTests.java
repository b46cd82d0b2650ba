package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.WebApplicationContext;

/** What an application has of Reftrail where it is switched on, and where it is switched off: nothing. */
@ExtendWith(OutputCaptureExtension.class)
class DisabledTests {

    /** So that a controller that asks for a click is given none, and does not fail. */
    private static final Pattern STAYS = Pattern.compile(
            "reftrailAttributionArgumentResolver|reftrailWebMvcConfigurer|.*ReftrailSignUpAutoConfiguration"
                    + "(\\$ArgumentConfiguration)?");

    @TempDir
    private Path directory;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        SecurityFilterChain open(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable()).build();
        }

        @Bean
        DataSource database() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Shop.class)
                .initializers(context -> TestPropertyValues.of(
                                "server.port=0",
                                "spring.main.banner-mode=off",
                                "logging.level.io.reftrail=TRACE",
                                "reftrail.introw.api-key=key",
                                "reftrail.introw.base-url=http://localhost:1",
                                "reftrail.outbox.directory=" + directory.resolve("leads"),
                                "management.endpoints.web.exposure.include=reftrail,health",
                                "management.endpoint.health.show-components=always")
                        .and(properties)
                        .applyTo(context))
                .run();
    }

    /** Returns everything whose name or type is Reftrail's, as {@code kind: name}. */
    private Set<String> traces(ConfigurableApplicationContext context, Set<Thread> before) throws Exception {
        Set<String> traces = new TreeSet<>();
        Arrays.stream(context.getBeanDefinitionNames())
                .filter(name -> !STAYS.matcher(name).matches())
                .filter(name -> isOurs(name) || isOurs(String.valueOf(context.getType(name))))
                .filter(name -> !String.valueOf(context.getType(name)).contains("DisabledTests"))
                .forEach(name -> traces.add("bean"));
        ServletContext site = Objects.requireNonNull(((WebApplicationContext) context).getServletContext());
        site.getFilterRegistrations().forEach((name, filter) -> add(traces, "filter", name));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .forEach(thread -> add(traces, "thread", thread.getName()));
        new JdbcTemplate(context.getBean(DataSource.class))
                .queryForList("SELECT table_name FROM information_schema.tables", String.class)
                .forEach(table -> add(traces, "table", table));
        context.getBean(MeterRegistry.class)
                .getMeters()
                .forEach(meter -> add(traces, "meter", meter.getId().getName()));
        if (get(context, "/actuator/reftrail").status() == 200) {
            traces.add("endpoint");
        }
        add(traces, "health", get(context, "/actuator/health").body());
        if (get(context, "/?irw_id=one").cookies() > 0) {
            traces.add("cookie");
        }
        return traces;
    }

    private static void add(Set<String> traces, String what, String name) {
        if (isOurs(name)) {
            traces.add(what);
        }
    }

    private static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("reftrail") || lower.contains("referral");
    }

    private record Answer(int status, String body, int cookies) {}

    private static Answer get(ConfigurableApplicationContext context, String path) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Sec-Fetch-Mode", "navigate")
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        int cookies = response.headers().allValues("Set-Cookie").size();
        return new Answer(response.statusCode(), response.body(), cookies);
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }

    /** Returns what was logged without the name of the project's folder, which may be "reftrail". */
    private static String withoutFolder(CapturedOutput output) {
        Path project = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
        return output.toString().replace(project.toString(), "");
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    @Test
    void switchedOffThereIsNoTrace(CapturedOutput output) throws Exception {
        Set<Thread> before = threads();
        try (ConfigurableApplicationContext context = start("reftrail.enabled=false")) {
            assertThat(traces(context, before)).isEmpty();
        }
        assertThat(files()).isEmpty();
        assertThat(withoutFolder(output).lines().filter(line -> isOurs(line) && !line.contains("DisabledTests")))
                .isEmpty();
    }

    /** Without this the test above could look for the wrong things. */
    @Test
    void switchedOnThereIsOneOfEachKind(CapturedOutput output) throws Exception {
        Set<Thread> before = threads();
        try (ConfigurableApplicationContext context = start()) {
            assertThat(traces(context, before))
                    .containsExactlyInAnyOrder(
                            "bean", "filter", "thread", "table", "meter", "endpoint", "health", "cookie");
        }
        try (ConfigurableApplicationContext context = start("reftrail.outbox.store=embedded")) {
            assertThat(context.isActive()).isTrue();
            assertThat(files()).containsExactly("leads");
        }
        assertThat(output).contains("Reftrail reports to [introw]");
    }
}
