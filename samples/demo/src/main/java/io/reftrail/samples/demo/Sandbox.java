package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tracking backend was told, by its own account. */
final class Sandbox {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    Sandbox(URI address) {
        this.address = address;
    }

    /** The calls that reported a lead of this click, the newest last. */
    List<JsonNode> leadCalls(String clickId) throws IOException, InterruptedException {
        return calls("lead").stream()
                .filter(call -> call.path("clickId").asString("").equals(clickId))
                .toList();
    }

    /** What a vendor was told of one kind of event by the shop or by the payment provider, the newest last. */
    List<JsonNode> calls(String vendor, String kind) throws IOException, InterruptedException {
        return calls(kind).stream()
                .filter(call -> call.path("vendor").asString("").equals(vendor))
                .toList();
    }

    /** All calls that reported one kind of event. */
    List<JsonNode> calls(String kind) throws IOException, InterruptedException {
        String calls = send(HttpRequest.newBuilder(address.resolve("/sandbox/calls")));
        return MAPPER.readTree(calls)
                .valueStream()
                .filter(call -> call.path("method").asString("").equals("POST"))
                .filter(call -> call.path("kind").asString("").equals(kind))
                .toList();
    }

    /** Makes the next calls fail. */
    void fail(String faultJson) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/sandbox/faults"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(faultJson)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString())
                .body();
    }
}
