package io.reftrail.spring.boot;

import io.reftrail.delivery.HttpTransport;
import io.reftrail.outbox.Outbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole application behind a real port, whose doors are open, as an operator sees it. */
final class RunningShop implements AutoCloseable {

    /** What an operator got. */
    record Reply(int status, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        SecurityFilterChain open(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable()).build();
        }
    }

    private final HttpClient operator = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    /** A shop whose backends cannot be reached. */
    RunningShop(Outbox outbox, String... properties) {
        this(outbox, new UnreachableTransport(), properties);
    }

    RunningShop(Outbox outbox, HttpTransport transport, String... properties) {
        context = new SpringApplicationBuilder(Shop.class)
                .initializers(context -> TestPropertyValues.of(
                                "server.port=0",
                                "management.health.ldap.enabled=false",
                                "reftrail.introw.api-key=key",
                                "reftrail.refport.api-key=key",
                                "reftrail.delivery.shutdown-timeout=0s")
                        .and(properties)
                        .applyTo(context))
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean("outbox", Outbox.class, () -> outbox);
                    context.registerBean("transport", HttpTransport.class, () -> transport);
                })
                .run();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    Reply post(String path, String json) {
        return send(
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(json)).header("Content-Type", "application/json"),
                path);
    }

    private Reply send(HttpRequest.Builder request, String path) {
        URI uri = URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path);
        try {
            var response = operator.send(request.uri(uri).build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
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
