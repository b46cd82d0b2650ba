package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What must hold when everything is over. */
final class Aftermath {

    /** Of people, of clicks, and keys. */
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
            "Sorensen");

    private final Sandbox sandbox;
    private final Steps steps;

    Aftermath(Sandbox sandbox, Steps steps) {
        this.sandbox = sandbox;
        this.steps = steps;
    }

    /** Each lead that was recorded is one that a step has waited for; whatever else was called was made to fail. */
    void nobodyElse() throws IOException, InterruptedException, StepFailure {
        steps.step("nobody else was reported", () -> {
            List<JsonNode> calls = sandbox.calls("lead");
            List<JsonNode> recorded = calls.stream().filter(Sandbox::isRecorded).toList();
            List<JsonNode> others = new ArrayList<>(calls);
            others.removeAll(recorded);
            for (JsonNode lead : recorded) {
                require(sandbox.isAwaited(lead), "nobody has waited for " + lead);
            }
            for (JsonNode call : others) {
                require(call.path("verdict").asString("").equals("fault"), "nobody has ordered " + call);
            }
            return "%d leads in %d calls, %d of which were made to fail"
                    .formatted(recorded.size(), calls.size(), others.size());
        });
    }

    void silentLog(String whose, String log) throws IOException, InterruptedException, StepFailure {
        steps.step(whose + " log tells nothing of anybody", () -> {
            for (String secret : SECRETS) {
                require(!log.contains(secret), "it holds '" + secret + "'");
            }
            require(log.contains("io.reftrail") || log.contains("i.reftrail"), "it is not at level TRACE");
            return log.lines().count() + " lines at TRACE";
        });
    }
}
