package io.reftrail.console;

import io.reftrail.Reftrail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole application behind a real port, with the console and an operator. */
final class Shop implements AutoCloseable {

    static final String CONSOLE = "/actuator/reftrail/console";

    /** What the operator's page sends. */
    static final Map<String, String> OF_THE_PAGE =
            Map.of("X-Reftrail-Console", "1", "Sec-Fetch-Site", "same-origin", "Content-Type", "application/json");

    /** Operators by HTTP Basic. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        PasswordEncoder passwordEncoder() {
            return new BCryptPasswordEncoder(4);
        }

        @Bean
        UserDetailsService users(PasswordEncoder passwords) {
            return new InMemoryUserDetailsManager(
                    User.withUsername("olga")
                            .password(passwords.encode("secret"))
                            .roles("OPERATOR")
                            .build(),
                    User.withUsername("kim")
                            .password(passwords.encode("secret"))
                            .roles("CUSTOMER")
                            .build());
        }

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET("/pricing", request -> ServerResponse.ok()
                            .contentType(MediaType.TEXT_HTML)
                            .body("pricing"))
                    .build();
        }
    }

    /** The actuator for operators, without tokens, as behind HTTP Basic. */
    @Configuration(proxyBeanMethods = false)
    static class ForOperators {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/**")
                            .hasRole("OPERATOR")
                            .anyRequest()
                            .permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    Shop(String... properties) {
        this(ForOperators.class, properties);
    }

    Shop(Class<?> security, String... properties) {
        context = new SpringApplicationBuilder(Application.class, security)
                .initializers(context -> TestPropertyValues.of(
                                "server.port=0",
                                "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                                "management.endpoints.web.exposure.include=reftrail,reftrail-console",
                                "reftrail.console.enabled=true",
                                "reftrail.introw.api-key=key",
                                "reftrail.introw.base-url=http://127.0.0.1:1",
                                "reftrail.lead.unknown-age=report",
                                "reftrail.delivery.shutdown-timeout=0s")
                        .and(properties)
                        .applyTo(context))
                .run();
    }

    Reftrail reftrail() {
        return context.getBean(Reftrail.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Follows a partner's link as a browser does. */
    HttpResponse<String> visit(String path) {
        return send(HttpRequest.newBuilder().GET().setHeader("User-Agent", "Mozilla/5.0 Firefox/140.0"), port(), path);
    }

    HttpResponse<String> read(String path) {
        return send(as("olga"), port(), CONSOLE + path);
    }

    HttpResponse<String> readAs(String user, int port, String path) {
        return send(as(user), port, CONSOLE + path);
    }

    JsonNode json(String path) {
        HttpResponse<String> response = read(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    HttpResponse<String> act(String action, String json) {
        return act(action, json, OF_THE_PAGE);
    }

    HttpResponse<String> act(String action, String json, Map<String, String> headers) {
        HttpRequest.Builder request = as("olga").POST(BodyPublishers.ofString(json));
        headers.forEach(request::setHeader);
        return send(request, port(), CONSOLE + "/" + action);
    }

    static HttpRequest.Builder as(String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder().GET();
        return user.isEmpty()
                ? request
                : request.setHeader(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int port, String path) {
        try {
            return client.send(
                    request.uri(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
