package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What must hold when everything is over. */
final class Aftermath {

    /** A call that was made to fail, and one that was made again after its answer was late. */
    private static final Set<String> COUNT_FOR_NOBODY = Set.of("fault", "duplicate");

    private final Sandbox sandbox;
    private final Steps steps;

    Aftermath(Sandbox sandbox, Steps steps) {
        this.sandbox = sandbox;
        this.steps = steps;
    }

    /** Each lead that counts is one that a step has waited for. What else was called was made to fail, or a repetition. */
    void nobodyElse() throws IOException, InterruptedException, StepFailure {
        steps.step("nobody else was reported", () -> {
            List<JsonNode> calls = sandbox.calls("lead");
            Map<String, Long> verdicts = new TreeMap<>();
            for (JsonNode call : calls) {
                String verdict = call.path("verdict").asString("");
                verdicts.merge(verdict, 1L, Long::sum);
                require(COUNT_FOR_NOBODY.contains(verdict) || sandbox.isAwaited(call), "nobody has waited for " + call);
            }
            return "%d calls about leads: %s, each of them expected".formatted(calls.size(), verdicts);
        });
    }

    /** Of a process with Reftrail in it, from its first line to its last. */
    void silentLog(String whose, String log) throws IOException, InterruptedException, StepFailure {
        steps.step(whose + " log tells nothing of anybody", () -> {
            Optional<String> secret = LogSearch.findAlsoAddresses(log);
            require(secret.isEmpty(), "it holds '" + secret.orElse("") + "'");
            require(log.contains("io.reftrail") || log.contains("i.reftrail"), "it is not at level TRACE");
            return log.lines().count() + " lines at TRACE";
        });
    }

    /** Of a process without Reftrail. */
    void silentNeighbour(String whose, String log) throws IOException, InterruptedException, StepFailure {
        steps.step(whose + " log tells nothing of anybody", () -> {
            Optional<String> secret = LogSearch.find(log);
            require(secret.isEmpty(), "it holds '" + secret.orElse("") + "'");
            return log.lines().count() + " lines";
        });
    }
}
