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
        return leadCalls().stream()
                .filter(call -> call.path("clickId").asString("").equals(clickId))
                .toList();
    }

    /** All calls that reported a lead. */
    List<JsonNode> leadCalls() throws IOException, InterruptedException {
        String calls = send(HttpRequest.newBuilder(address.resolve("/sandbox/calls")));
        return MAPPER.readTree(calls)
                .valueStream()
                .filter(call -> call.path("method").asString("").equals("POST"))
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
