package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Journey.awaitCall;
import static io.reftrail.samples.demo.Journey.location;
import static io.reftrail.samples.demo.Steps.require;

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

    private static final List<String> FAULTS = List.of(
            "\"kind\":\"hang\",\"seconds\":5",
            "\"kind\":\"status\",\"status\":500",
            "\"kind\":\"reset\"",
            "\"kind\":\"html\"");

    private static final List<String> SECRETS = List.of(
            "@example.org",
            "aff_",
            "cust_",
            "clk_",
            "sandbox-introw-key",
            "rk_sandbox",
            "sk_live_sandbox",
            "dub_sandbox",
            "203.0.113",
            "127.0.0.1",
            "Firefox",
            "inv-",
            "Late",
            "Hasty");

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
            for (Vendor vendor : Vendor.ALL) {
                Duration delay = new Journey(vendor, demo, sandbox, steps).walk();
                if (delay != null) {
                    delays.put(vendor.name(), delay.toMillis());
                }
            }
            prompt(delays);
            existingCustomer();
            badInput();
            failingBackend();
            failingExchange();
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
            awaitCall(sandbox, "introw", "lead", 2, start, Duration.ofSeconds(40));
            Duration delay = Duration.ofNanos(System.nanoTime() - start);
            require(!sandbox.leadCalls(clickId).isEmpty(), "somebody else's lead");
            return "hang, 500, reset, HTML: signed up in %d ms, recorded after %d ms"
                    .formatted(signUp.toMillis(), delay.toMillis());
        });
    }

    /** An outage from the click on until after the sign-up. */
    private void failingExchange() throws IOException, InterruptedException, StepFailure {
        steps.step("a click survives a backend that is away", () -> {
            Visitor visitor = new Visitor();
            for (String fault : FAULTS) {
                sandbox.fail("{\"vendor\":\"affitor\",\"endpoint\":\"click\",\"count\":1," + fault + "}");
            }
            long start = System.nanoTime();
            visitor.open(location(visitor.open(demo.sandbox().resolve("/affitor/links/leo"))));
            visitor.submit(
                    demo.shop().resolve("/signup"),
                    Map.of("email", "hasty@example.org", "name", "Hasty", "password", "secret"));
            Duration signUp = Duration.ofNanos(System.nanoTime() - start);
            require(signUp.compareTo(Duration.ofSeconds(5)) < 0, "sign-up took " + signUp.toMillis() + " ms");
            JsonNode lead = awaitCall(sandbox, "affitor", "lead", 2, start, Duration.ofSeconds(40));
            require(lead.path("partner").asString("").equals("leo"), "credited to " + lead.path("partner"));
            return "click and sign-up in %d ms, lead recorded after %d ms"
                    .formatted(
                            signUp.toMillis(),
                            Duration.ofNanos(System.nanoTime() - start).toMillis());
        });
    }

    private void silentLog() throws IOException, InterruptedException, StepFailure {
        steps.step("the shop's log tells nothing of anybody", () -> {
            String log = demo.shopLog();
            for (String secret : SECRETS) {
                require(!log.contains(secret), "it holds '" + secret + "'");
            }
            require(log.contains("io.reftrail") || log.contains("i.reftrail"), "it is not at level TRACE");
            return log.lines().count() + " lines at TRACE";
        });
    }

    private void total() throws IOException, InterruptedException, StepFailure {
        steps.step("nobody else was reported", () -> {
            List<JsonNode> leads = sandbox.calls("lead");
            long recorded = leads.stream()
                    .filter(call -> call.path("verdict").asString("").equals("recorded"))
                    .count();
            long told =
                    Vendor.ALL.stream().filter(vendor -> vendor.isTold("lead")).count();
            require(
                    recorded == told + 2 && leads.size() == told + 2 + FAULTS.size(),
                    recorded + " leads in " + leads.size() + " calls");
            return recorded + " leads in " + leads.size() + " calls, " + FAULTS.size() + " of which were made to fail";
        });
    }
}
