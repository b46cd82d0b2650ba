package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./demo --check}: the promises of the README, observed from outside, one line each, and one line of JSON. */
final class Check {

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

    /** Returns whether all steps passed; stops at the first that fails. */
    boolean run() throws InterruptedException {
        ObjectNode result = JsonMapper.shared().createObjectNode().put("check", "reftrail-demo");
        try {
            walk(result.putObject("leadDelayMillis"));
            result.put("passed", true);
        } catch (IOException | StepFailure | RuntimeException failure) {
            steps.failed(failure);
            result.put("passed", false).put("failedStep", steps.current());
        }
        out.println(result.put("steps", steps.passed()));
        return result.get("passed").asBoolean();
    }

    /** Two vendors' outages go on while customers sign in and are reported to others. */
    private void walk(ObjectNode delays) throws IOException, InterruptedException, StepFailure {
        for (Vendor vendor : Vendor.ALL) {
            Duration delay = new Journey(vendor, demo, sandbox, steps).walk();
            if (delay != null) {
                delays.put(vendor.name(), delay.toMillis());
            }
        }
        prompt(delays);
        Outage away = new Outage("introw", "lead", "/r/leo", demo, sandbox, steps);
        Outage unreachable = new Outage("affitor", "click", "/affitor/links/leo", demo, sandbox, steps);
        away.begin();
        unreachable.begin();
        new NewCustomers(demo, sandbox, steps).walk();
        new KnownCustomers(demo, sandbox, steps).walk();
        new BrokenParts(demo, troubled, sandbox, steps).walk();
        new BadInput(demo, steps).walk();
        away.end();
        unreachable.end();
        Aftermath aftermath = new Aftermath(sandbox, steps);
        aftermath.nobodyElse();
        troubled.close();
        demo.close();
        aftermath.silentLog("the shop's", demo.shopLog());
        aftermath.silentLog("the troubled shop's", troubled.log());
        aftermath.silentNeighbour("the sandbox's", demo.sandboxLog());
        aftermath.silentNeighbour("Keyring's", demo.keyringLog());
    }

    /** The first lead also pays for a cold JVM, on whatever machine this is; the other one shows the promise. */
    private void prompt(ObjectNode delays) throws IOException, InterruptedException, StepFailure {
        steps.step("a lead arrives within a second", () -> {
            long best = delays.valueStream().mapToLong(JsonNode::asLong).min().orElseThrow();
            require(best < 1_000, "the quickest took " + best + " ms");
            return delays.toString();
        });
    }
}
