package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tracking backend was told, by its own account. */
final class Sandbox {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<Long> awaitedLeads = new HashSet<>();

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

    /** Waits until a vendor has recorded so many events of a kind, and returns the last one. */
    JsonNode await(String vendor, String kind, int count, long start, Duration within)
            throws IOException, InterruptedException, StepFailure {
        return await(kind, call -> call.path("vendor").asString("").equals(vendor), count, start, within);
    }

    /** Waits until the lead of a click is recorded. */
    JsonNode awaitLead(String clickId, Duration within) throws IOException, InterruptedException, StepFailure {
        return await("lead", call -> call.path("clickId").asString("").equals(clickId), 1, System.nanoTime(), within);
    }

    private JsonNode await(String kind, Predicate<JsonNode> wanted, int count, long start, Duration within)
            throws IOException, InterruptedException, StepFailure {
        while (true) {
            List<JsonNode> calls = calls(kind).stream().filter(wanted).toList();
            List<JsonNode> recorded = calls.stream().filter(Sandbox::isRecorded).toList();
            if (recorded.size() >= count) {
                JsonNode last = recorded.get(recorded.size() - 1);
                if (kind.equals("lead")) {
                    awaitedLeads.add(last.path("id").asLong());
                }
                return last;
            }
            require(System.nanoTime() - start < within.toNanos(), "nothing within " + within + ", but " + calls);
            Thread.onSpinWait();
        }
    }

    /** Whether a recorded call is one that somebody has waited for. */
    boolean isAwaited(JsonNode lead) {
        return awaitedLeads.contains(lead.path("id").asLong());
    }

    static boolean isRecorded(JsonNode call) {
        return call.path("verdict").asString("").equals("recorded");
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
