package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Sandbox.text;
import static io.reftrail.samples.demo.Steps.require;

import io.reftrail.samples.demo.FailureChecks.Outage;
import io.reftrail.samples.demo.VendorJourney.Vendor;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./demo --check}: observes the README's promises from outside. Prints a line for each step, and a line of JSON. */
final class Check {

    /** Values of a click id that no vendor has issued. */
    private static final List<String> BAD_CLICK_IDS =
            List.of("", "a%0d%0aSet-Cookie:x=y", "a%22b", "a%3Bb", "%ff%fe", "a".repeat(4000));

    /** Verdicts of calls that report no lead: one that was made to fail, and one that was sent again. */
    private static final Set<String> NO_LEAD = Set.of("fault", "duplicate");

    private final RunningDemo demo;
    private final TroubledShop troubled;
    private final Sandbox sandbox;
    private final Steps steps;
    private final PrintStream out;

    Check(RunningDemo demo, TroubledShop troubled, PrintStream out) {
        this.demo = demo;
        this.troubled = troubled;
        this.sandbox = new Sandbox(demo.sandbox());
        this.steps = new Steps(out);
        this.out = out;
    }

    /** Runs the steps up to the first that fails, and returns whether all have passed. */
    boolean run() throws InterruptedException {
        ObjectNode result = JsonMapper.shared().createObjectNode().put("check", "reftrail-demo");
        try {
            walk(result.putObject("leadDelayMillis"));
            result.put("passed", true);
        } catch (IOException | Steps.Failure | RuntimeException failure) {
            steps.failed(failure);
            result.put("passed", false).put("failedStep", steps.current());
        }
        out.println(result.put("steps", steps.passed()));
        return result.get("passed").asBoolean();
    }

    /** The outages of two vendors go on while customers sign in and are reported to the others. */
    private void walk(ObjectNode delays) throws IOException, InterruptedException, Steps.Failure {
        for (Vendor vendor : Vendor.ALL) {
            Duration delay = new VendorJourney(vendor, demo, sandbox, steps).walk();
            if (delay != null) {
                delays.put(vendor.name(), delay.toMillis());
            }
        }
        leadDelay(delays);
        new LinkChecks(demo, sandbox, steps).run();
        new CodeChecks(demo, sandbox, steps).run();
        new PaymentChecks(demo, sandbox, steps).walk();
        new AttributionChecks(demo, steps).run();
        FailureChecks failures = new FailureChecks(demo, troubled, sandbox, steps);
        Outage introw = new Outage("introw", "lead", "/r/leo");
        Outage affitor = new Outage("affitor", "click", "/affitor/links/leo");
        failures.begin(introw);
        failures.begin(affitor);
        SignInChecks signIns = new SignInChecks(demo, sandbox, steps);
        signIns.newCustomers();
        signIns.existingCustomers();
        failures.brokenParts();
        badClickIds();
        failures.end(introw);
        failures.end(affitor);
        nobodyElse();
        new ConsoleChecks(demo, steps).run();
        troubled.close();
        demo.close();
        logOfReftrail("the shop's", demo.shopLog());
        logOfReftrail("the troubled shop's", troubled.log());
        logOfNeighbour("the sandbox's", demo.sandboxLog());
        logOfNeighbour("Keyring's", demo.keyringLog());
    }

    /** The first lead also waits for a cold JVM on a machine of any speed, so the quickest one is judged. */
    private void leadDelay(ObjectNode delays) throws IOException, InterruptedException, Steps.Failure {
        steps.step("a lead arrives within a second", () -> {
            long best = delays.valueStream().mapToLong(JsonNode::asLong).min().orElseThrow();
            require(best < 1_000, "the quickest took " + best + " ms");
            return delays.toString();
        });
    }

    private void badClickIds() throws IOException, InterruptedException, Steps.Failure {
        for (String value : BAD_CLICK_IDS) {
            String shown = value.length() > 24 ? value.length() + " characters" : "'" + value + "'";
            steps.step("irw_id of " + shown + " is as if not there", () -> {
                Browser browser = new Browser();
                HttpResponse<String> page = browser.open(URI.create(demo.shop() + "/?irw_id=" + value));
                require(page.statusCode() == 200, "status " + page.statusCode());
                List<String> cookies = browser.attributionCookies();
                require(cookies.isEmpty(), "cookies " + cookies);
                return "200, no cookie";
            });
        }
    }

    /** Each recorded lead is one that a step has waited for. */
    private void nobodyElse() throws IOException, InterruptedException, Steps.Failure {
        steps.step("nobody else was reported", () -> {
            List<JsonNode> calls = sandbox.calls("lead");
            Map<String, Long> verdicts = new TreeMap<>();
            for (JsonNode call : calls) {
                String verdict = text(call, "verdict");
                verdicts.merge(verdict, 1L, Long::sum);
                require(NO_LEAD.contains(verdict) || sandbox.isAwaited(call), "no step has waited for " + call);
            }
            return "%d calls about leads: %s, each of them expected".formatted(calls.size(), verdicts);
        });
    }

    /** Searches the whole log of a process that runs Reftrail at level TRACE. */
    private void logOfReftrail(String process, String log) throws IOException, InterruptedException, Steps.Failure {
        logWithoutPersonalData(process, log, LogSearch.findAlsoAddresses(log), " lines at TRACE");
        require(log.contains("io.reftrail") || log.contains("i.reftrail"), process + " log is not at level TRACE");
    }

    private void logOfNeighbour(String process, String log) throws IOException, InterruptedException, Steps.Failure {
        logWithoutPersonalData(process, log, LogSearch.find(log), " lines");
    }

    private void logWithoutPersonalData(String process, String log, Optional<String> found, String lines)
            throws IOException, InterruptedException, Steps.Failure {
        steps.step(process + " log holds no personal data", () -> {
            require(found.isEmpty(), "it holds '" + found.orElse("") + "'");
            return log.lines().count() + lines;
        });
    }
}
