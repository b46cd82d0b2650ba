package io.reftrail.samples.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox on a free port, empty before each test, and a real client to talk to it. */
final class RunningSandbox implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

    static final String[] INTROW_KEY = {"x-api-key", "sandbox-introw-key"};
    static final String[] REFPORT_KEY = {"Authorization", "Bearer rk_sandbox"};
    static final String CONVERSIONS = "/introw/api/v1/affiliate/conversions";
    static final String LEAD = "/refport/api/track/lead";
    static final String SALE = "/refport/api/track/sale";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Started with the first test class that asks for it, and ended with the JVM. */
    private static final class Usual {
        static final RunningSandbox SANDBOX = new RunningSandbox();
    }

    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    RunningSandbox(String... settings) {
        this.context = SandboxBackend.start(
                Stream.concat(Stream.of("--server.port=0"), Stream.of(settings)).toArray(String[]::new));
    }

    /** The sandbox with the usual settings, one for all test classes of a JVM. */
    static RunningSandbox usual() {
        return Usual.SANDBOX;
    }

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        post("/sandbox/reset", "");
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (this != Usual.SANDBOX) {
            close();
        }
    }

    @Override
    public void close() {
        context.close();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> List<T> beans(Class<T> type) {
        return context.getBeanProvider(type).orderedStream().toList();
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return client.send(posting(path, body, headers), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String body, String... headers) {
        return client.sendAsync(posting(path, body, headers), BodyHandlers.ofString());
    }

    private HttpRequest posting(String path, String body, String... headers) {
        return request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return client.send(request(path).DELETE().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Follows a partner link as far as the merchant and takes the value of the landing parameter. */
    String click(String link) throws IOException, InterruptedException {
        String location = get(link).headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('=') + 1);
    }

    List<JsonNode> calls(String query) throws IOException, InterruptedException {
        List<JsonNode> calls = new ArrayList<>();
        json(get("/sandbox/calls" + query)).forEach(calls::add);
        return calls;
    }

    JsonNode lastCall() throws IOException, InterruptedException {
        List<JsonNode> calls = calls("");
        return calls.get(calls.size() - 1);
    }

    String lastVerdict() throws IOException, InterruptedException {
        return lastCall().path("verdict").asString();
    }

    JsonNode funnel() throws IOException, InterruptedException {
        return json(get("/sandbox/funnel"));
    }

    /** The funnel of one vendor. */
    JsonNode funnel(String vendor) throws IOException, InterruptedException {
        return funnel().path("vendors")
                .valueStream()
                .filter(row -> row.path("vendor").asString().equals(vendor))
                .findFirst()
                .orElseThrow();
    }
}
