package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Journey.awaitLead;
import static io.reftrail.samples.demo.Journey.location;
import static io.reftrail.samples.demo.Steps.require;

import io.reftrail.samples.demo.Journey.Vendor;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./demo --check}: the promises of the README, observed from outside, one line each, and one line of JSON. */
final class Check {

    private static final List<Vendor> VENDORS = List.of(
            new Vendor("introw", "/r/nora", "irw_id", "_introw_aff"),
            new Vendor("refport", "/go/leo", "refp_id", "refp_id"));

    private static final List<String> FAULTS = List.of(
            "\"kind\":\"hang\",\"seconds\":5",
            "\"kind\":\"status\",\"status\":500",
            "\"kind\":\"reset\"",
            "\"kind\":\"html\"");

    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;
    private final PrintStream out;

    Check(RunningDemo demo, PrintStream out) {
        this.demo = demo;
        this.sandbox = new Sandbox(demo.sandbox());
        this.steps = new Steps(out);
        this.out = out;
    }

    /** Returns whether all steps passed; stops at the first that fails. */
    boolean run() throws InterruptedException {
        ObjectNode result = JsonMapper.shared().createObjectNode().put("check", "reftrail-demo");
        ObjectNode delays = result.putObject("leadDelayMillis");
        try {
            for (Vendor vendor : VENDORS) {
                delays.put(
                        vendor.name(),
                        new Journey(vendor, demo, sandbox, steps).walk().toMillis());
            }
            prompt(delays);
            existingCustomer();
            badInput();
            failingBackend();
            total();
            silentLog();
            result.put("passed", true);
        } catch (IOException | StepFailure | RuntimeException failure) {
            steps.failed(failure);
            result.put("passed", false).put("failedStep", steps.current());
        }
        out.println(result.put("steps", steps.passed()));
        return result.get("passed").asBoolean();
    }

    /** The first lead also pays for a cold JVM, on whatever machine this is; the other one shows the promise. */
    private void prompt(ObjectNode delays) throws IOException, InterruptedException, StepFailure {
        steps.step("a lead arrives within a second", () -> {
            long best = delays.valueStream().mapToLong(JsonNode::asLong).min().orElseThrow();
            require(best < 1_000, "the quickest took " + best + " ms");
            return delays.toString();
        });
    }

    private void existingCustomer() throws IOException, InterruptedException, StepFailure {
        steps.step("an existing customer is no lead", () -> {
            Visitor ada = new Visitor();
            String clickId = clickOn(ada, "/r/mia");
            HttpResponse<String> signedIn = ada.submit(
                    demo.shop().resolve("/login"), Map.of("username", "ada@example.org", "password", "password"));
            require(location(signedIn).getPath().equals("/account"), "sign-in leads to " + location(signedIn));
            require(sandbox.leadCalls(clickId).isEmpty(), "she was reported");
            return "signed in, not reported, cookies " + ada.attributionCookies();
        });
    }

    /** Follows a partner's link of Introw's and returns the click id. */
    private String clickOn(Visitor visitor, String link) throws IOException, InterruptedException, StepFailure {
        URI landing = location(visitor.open(demo.sandbox().resolve(link)));
        visitor.open(landing);
        return landing.getRawQuery().substring("irw_id=".length());
    }

    private void badInput() throws IOException, InterruptedException, StepFailure {
        for (String value : List.of("", "a%0d%0aSet-Cookie:x=y", "a%22b", "a%3Bb", "%ff%fe", "a".repeat(4000))) {
            String shown = value.length() > 24 ? value.length() + " characters" : "'" + value + "'";
            steps.step("irw_id of " + shown + " is as if not there", () -> {
                Visitor visitor = new Visitor();
                HttpResponse<String> page = visitor.open(URI.create(demo.shop() + "/?irw_id=" + value));
                require(page.statusCode() == 200, "status " + page.statusCode());
                require(visitor.attributionCookies().isEmpty(), "cookies " + visitor.attributionCookies());
                return "200, no cookie";
            });
        }
    }

    private void failingBackend() throws IOException, InterruptedException, StepFailure {
        steps.step("a lead survives a backend in trouble", () -> {
            Visitor visitor = new Visitor();
            String clickId = clickOn(visitor, "/r/leo");
            for (String fault : FAULTS) {
                sandbox.fail("{\"vendor\":\"introw\",\"count\":1," + fault + "}");
            }
            long start = System.nanoTime();
            visitor.submit(
                    demo.shop().resolve("/signup"),
                    Map.of("email", "late@example.org", "name", "Late", "password", "secret"));
            Duration signUp = Duration.ofNanos(System.nanoTime() - start);
            require(signUp.compareTo(Duration.ofSeconds(5)) < 0, "sign-up took " + signUp.toMillis() + " ms");
            Duration delay = awaitLead(sandbox, clickId, start, Duration.ofSeconds(40));
            return "hang, 500, reset, HTML: signed up in %d ms, recorded after %d ms"
                    .formatted(signUp.toMillis(), delay.toMillis());
        });
    }

    private void silentLog() throws IOException, InterruptedException, StepFailure {
        steps.step("the shop's log tells nothing of anybody", () -> {
            String log = demo.shopLog();
            for (String secret : List.of("@example.org", "aff_", "sandbox-introw-key", "rk_sandbox", "Late")) {
                require(!log.contains(secret), "it holds '" + secret + "'");
            }
            require(log.contains("io.reftrail") || log.contains("i.reftrail"), "it is not at level TRACE");
            return log.lines().count() + " lines at TRACE";
        });
    }

    private void total() throws IOException, InterruptedException, StepFailure {
        steps.step("nobody else was reported", () -> {
            long recorded = sandbox.leadCalls().stream()
                    .filter(call -> call.path("verdict").asString("").equals("recorded"))
                    .count();
            long all = sandbox.leadCalls().size();
            require(recorded == 3 && all == 3 + FAULTS.size(), recorded + " leads in " + all + " calls");
            return recorded + " leads in " + all + " calls, " + FAULTS.size() + " of which were made to fail";
        });
    }
}
