package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import io.reftrail.testing.StubServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sign-up in a framework that has neither servlets nor Spring: the HTTP server of the JDK. */
class OtherFrameworkTests {

    private static final String[] EXPIRED = {
        "_introw_aff=; Max-Age=0; Path=/; SameSite=Lax", "_reftrail_introw=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
    };

    private final StubServer backend = StubServer.answering(StubServer.Answer.recorded());
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.builder("key").baseUrl(backend.url()).build())
            .leads(LeadSettings.DEFAULT.withTrigger(LeadTrigger.SIGN_UP))
            .build();
    private final HttpServer shop;
    private final HttpClient browser = HttpClient.newHttpClient();

    OtherFrameworkTests() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        shop.createContext("/sign-up", this::signUp);
        shop.start();
    }

    private void signUp(HttpExchange http) throws IOException {
        try (http) {
            String id = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            HeaderExchange exchange =
                    HeaderExchange.of(http.getRequestHeaders().getOrDefault("Cookie", List.of()), false);
            reftrail.lead(exchange, Customer.of(id).withEmail(id + "@example.com"));
            exchange.setCookies().forEach(line -> http.getResponseHeaders().add("Set-Cookie", line));
            if (!exchange.setCookies().isEmpty()) {
                http.getResponseHeaders().set("Cache-Control", "no-store");
            }
            http.sendResponseHeaders(204, -1);
        }
    }

    private HttpResponse<Void> signUp(String id, String cookies) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + "/sign-up");
        return browser.send(
                HttpRequest.newBuilder(page)
                        .header("Cookie", cookies)
                        .POST(BodyPublishers.ofString(id))
                        .build(),
                BodyHandlers.discarding());
    }

    private List<String> heard() {
        return backend.requests().stream().map(StubServer.Received::body).toList();
    }

    @Test
    void aClickInTheCookieIsALeadAndTheCookieGoes() throws Exception {
        HttpResponse<Void> response = signUp("mia", "sid=1; _introw_aff=aff_1");

        assertThat(response.headers().allValues("Set-Cookie")).containsExactly(EXPIRED);
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        await().until(() -> heard().size() == 1);
        assertThat(heard()).containsExactly("{\"clickId\":\"aff_1\",\"email\":\"mia@example.com\"}");
    }

    @Test
    void whoeverComesAloneIsNoLeadAndKeepsTheirCookies() throws Exception {
        HttpResponse<Void> response = signUp("mia", "sid=1");
        signUp("kim", "_introw_aff=aff_2");

        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        await().until(() -> !heard().isEmpty());
        assertThat(heard()).containsExactly("{\"clickId\":\"aff_2\",\"email\":\"kim@example.com\"}");
    }

    @AfterEach
    void close() {
        shop.stop(0);
        reftrail.close();
        backend.close();
    }
}
