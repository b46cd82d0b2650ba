package io.example.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.reftrail.Reftrail;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** What README.md and docs/getting-started.md say of a click, a sign-up, a payment and an existing customer. */
class GettingStartedTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Accounts.class, CustomerConfiguration.class, Installation.class, Payments.class})
    static class Shop {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    @TempDir
    private Path directory;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private HttpServer backend;
    private ConfigurableApplicationContext shop;

    @BeforeEach
    void start() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            calls.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] reply = "{\"status\":\"recorded\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        backend.start();
        shop = new SpringApplicationBuilder(Shop.class)
                .run(
                        "--server.port=0",
                        "--reftrail.introw.api-key=key",
                        "--reftrail.introw.base-url=http://127.0.0.1:"
                                + backend.getAddress().getPort(),
                        "--reftrail.outbox.store=embedded",
                        "--reftrail.outbox.directory=" + directory);
    }

    @AfterEach
    void stop() {
        shop.close();
        backend.stop(0);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + shop.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    private HttpResponse<String> open(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(at(path)).header("Accept", "text/html").build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private List<String> cookieNames() {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .filter(name -> !name.equals("JSESSIONID"))
                .sorted()
                .toList();
    }

    @Test
    void aPartnersVisitorWhoSignsUpIsALeadAndTheCookiesAreGone() throws Exception {
        HttpResponse<String> landing = open("/pricing?irw_id=aff_1&plan=pro");
        assertThat(landing.statusCode()).isEqualTo(302);
        assertThat(landing.headers().firstValue("Location")).hasValue("?plan=pro");
        assertThat(landing.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(cookieNames()).containsExactly("_introw_aff", "_reftrail_introw");

        shop.getBean(Accounts.class).open("7", "mia@example.org", Instant.now().plusSeconds(1));
        post("/login", "username=mia@example.org&password=secret");

        assertThat(cookieNames()).isEmpty();
        await().untilAsserted(() ->
                assertThat(calls).containsExactly("{\"clickId\":\"aff_1\",\"email\":\"mia@example.org\"}"));
        assertThat(post("/paid", "customerId=7&amount=29.00&currency=EUR&invoiceId=in_1")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoeverHasBeenACustomerForYearsIsNoLead() throws Exception {
        open("/?irw_id=aff_1");
        post("/login", "username=ada@example.org&password=secret");

        assertThat(cookieNames()).containsExactly("_introw_aff", "_reftrail_introw");
        shop.getBean(Reftrail.class).close();
        assertThat(calls).isEmpty();
    }

    @Test
    void theLedgerIsToldWhoIsThere() {
        assertThat(shop.getBean(Installation.class).tellWhoIsThere()).isEqualTo(1);
    }
}
