package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a running sandbox backend: its partner links, its faults, and the calls that it has received. */
public final class Sandbox {

    /** More calls than any run makes. */
    private static final int ALL = 100_000_000;

    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<Long> awaitedLeads = new HashSet<>();

    /** Creates a client of the sandbox at an address. */
    public Sandbox(URI address) {
        this.address = address;
    }

    /** Returns the address. */
    public URI address() {
        return address;
    }

    /**
     * Follows a partner's link, and returns the query of the landing page's address.
     *
     * @param link the path of the link
     */
    public String follow(String link) throws IOException, InterruptedException {
        return Browser.location(send(HttpRequest.newBuilder(address.resolve(link))))
                .getRawQuery();
    }

    /** Makes calls fail as the JSON says. */
    public void fail(String faultJson) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/sandbox/faults"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(faultJson)));
    }

    /** Ends all faults. */
    public void heal() throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/sandbox/faults")).DELETE());
    }

    /**
     * Lets something happen at the payment provider, such as a renewal, and returns the answer.
     *
     * @param path what follows {@code /sandbox/stripe/}
     * @param json the body, or an empty text
     */
    public JsonNode atStripe(String path, String json) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(address.resolve("/sandbox/stripe/" + path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(json)))
                        .body());
    }

    /** Returns each payment of a customer of the payment provider, and what was given back of it. */
    public JsonNode paymentsAtStripe(String customer) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(address.resolve("/sandbox/stripe/money?customer=" + customer)))
                        .body());
    }

    /** Returns each payment at the payment provider, and what was given back of it. */
    public JsonNode paymentsAtStripe() throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(address.resolve("/sandbox/stripe/money")))
                        .body());
    }

    /** Says how the payment provider's events are delivered from now on: once, twice, reversed or held. */
    public void deliverPaymentEvents(String mode) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/sandbox/stripe/delivery"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"mode\":\"" + mode + "\"}")));
    }

    /** Returns what the payment provider has: subscriptions and payments, the newest first, and events. */
    JsonNode paymentAccount() throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(address.resolve("/sandbox/stripe")))
                        .body());
    }

    /** Returns whether an event has not been accepted by the shop yet. */
    boolean hasPaymentEventsToDeliver() throws IOException, InterruptedException {
        return paymentAccount().path("events").valueStream().anyMatch(event -> !event.path("delivered")
                .asBoolean());
    }

    /** Returns all calls so far, the newest last. */
    public List<JsonNode> calls() throws IOException, InterruptedException {
        String calls = send(HttpRequest.newBuilder(address.resolve("/sandbox/calls?limit=" + ALL)))
                .body();
        return JsonMapper.shared().readTree(calls).valueStream().toList();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException("the sandbox answers " + response.statusCode() + " to " + response.uri());
        }
        return response;
    }

    /** Returns a text field of a call, or the empty string. */
    public static String text(JsonNode call, String field) {
        return call.path(field).asString("");
    }

    /** Returns whether the vendor has recorded the event of a call. */
    public static boolean isRecorded(JsonNode call) {
        return text(call, "verdict").equals("recorded");
    }

    /** Returns the posted calls that reported one kind of event. */
    List<JsonNode> calls(String kind) throws IOException, InterruptedException {
        return calls().stream()
                .filter(call -> call.path("status").asInt() != 302)
                .filter(call -> text(call, "kind").equals(kind))
                .toList();
    }

    /** Returns the calls that reported one kind of event to a vendor, by the shop or by the payment provider. */
    List<JsonNode> calls(String vendor, String kind) throws IOException, InterruptedException {
        return calls(kind).stream()
                .filter(call -> text(call, "vendor").equals(vendor))
                .toList();
    }

    /** Returns the calls that reported a lead of a click. */
    List<JsonNode> leadCalls(String clickId) throws IOException, InterruptedException {
        return calls("lead").stream()
                .filter(call -> text(call, "clickId").equals(clickId))
                .toList();
    }

    /** Waits until a vendor has recorded this many events of a kind, and returns the last one. */
    JsonNode await(String vendor, String kind, int count, long start, Duration within)
            throws IOException, InterruptedException, Steps.Failure {
        return await(kind, call -> text(call, "vendor").equals(vendor), count, start, within);
    }

    /** Waits until the lead of a click is recorded. */
    JsonNode awaitLead(String clickId, Duration within) throws IOException, InterruptedException, Steps.Failure {
        return await("lead", call -> text(call, "clickId").equals(clickId), 1, System.nanoTime(), within);
    }

    /** Waits until a vendor has recorded a lead for a partner. */
    JsonNode awaitLead(String vendor, String partner, Duration within)
            throws IOException, InterruptedException, Steps.Failure {
        Predicate<JsonNode> wanted = call ->
                text(call, "vendor").equals(vendor) && text(call, "partner").equals(partner);
        return await("lead", wanted, 1, System.nanoTime(), within);
    }

    /** Waits until a vendor has recorded a customer's lead. */
    JsonNode awaitLeadOf(String vendor, String customer, Duration within)
            throws IOException, InterruptedException, Steps.Failure {
        Predicate<JsonNode> wanted = call ->
                text(call, "vendor").equals(vendor) && text(call, "customer").equals(customer);
        return await("lead", wanted, 1, System.nanoTime(), within);
    }

    /** Waits until a vendor has received a lead after so many, and returns it. */
    JsonNode awaitNewLead(String vendor, int after, Duration within)
            throws IOException, InterruptedException, Steps.Failure {
        await("lead", call -> text(call, "vendor").equals(vendor), after + 1, System.nanoTime(), within);
        List<JsonNode> leads = calls(vendor, "lead");
        return leads.get(leads.size() - 1);
    }

    private JsonNode await(String kind, Predicate<JsonNode> wanted, int count, long start, Duration within)
            throws IOException, InterruptedException, Steps.Failure {
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

    /** Returns whether a step has waited for a recorded lead. */
    boolean isAwaited(JsonNode lead) {
        return awaitedLeads.contains(lead.path("id").asLong());
    }
}
