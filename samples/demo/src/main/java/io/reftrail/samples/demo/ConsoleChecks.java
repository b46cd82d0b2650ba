package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import io.reftrail.samples.demo.VendorJourney.Vendor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop's console at the end of the check: it shows what the steps before have done, and nobody but the operator sees it. */
record ConsoleChecks(RunningDemo demo, Steps steps) {

    /** The operator's credentials for the shop's actuator. */
    static final String OPERATOR =
            "Basic " + Base64.getEncoder().encodeToString("operator:operator".getBytes(StandardCharsets.UTF_8));

    void run() throws IOException, InterruptedException, Steps.Failure {
        steps.step("the console is the operator's", () -> {
            int stranger = new Browser().open(console("")).statusCode();
            require(stranger == 401, "a stranger gets " + stranger);
            HttpResponse<String> page = ask("");
            require(
                    page.statusCode() == 200 && page.body().contains("Reftrail console"),
                    "status " + page.statusCode());
            return "401 for a stranger";
        });
        steps.step("its funnel has these journeys", this::funnel);
        steps.step("its doctor finds nothing wrong", () -> {
            JsonNode findings = json("/data/doctor").path("findings");
            findings.forEach(finding -> {
                if (!finding.path("works").asBoolean()) {
                    throw new IllegalStateException(finding.path("text").asString());
                }
            });
            return findings.size() + " findings";
        });
    }

    /** Each vendor's journey has a landing, a lead and a delivery; some have money. */
    private String funnel() throws IOException, InterruptedException, Steps.Failure {
        for (Vendor vendor : Vendor.ALL) {
            JsonNode funnel = json("/data/funnel?range=hour&backend=" + vendor.name());
            for (String step : List.of("Landings", "Leads", "Delivered")) {
                require(count(funnel, step) > 0, vendor.name() + " has no " + step);
            }
        }
        JsonNode all = json("/data/funnel?range=hour");
        require(!all.path("money").isEmpty(), "there is no money");
        return "%d landings, %d leads, %d delivered, %s %s"
                .formatted(
                        count(all, "Landings"),
                        count(all, "Leads"),
                        count(all, "Delivered"),
                        all.at("/money/0/sold").asString(),
                        all.at("/money/0/currency").asString());
    }

    private static long count(JsonNode funnel, String title) {
        return funnel.path("steps")
                .valueStream()
                .filter(step -> step.path("title").asString().equals(title))
                .mapToLong(step -> step.path("count").asLong())
                .sum();
    }

    private JsonNode json(String path) throws IOException, InterruptedException, Steps.Failure {
        HttpResponse<String> reply = ask(path);
        require(reply.statusCode() == 200, path + ": status " + reply.statusCode());
        return JsonMapper.shared().readTree(reply.body());
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return new Browser().fetch(HttpRequest.newBuilder(console(path)).header("Authorization", OPERATOR));
    }

    private URI console(String path) {
        return URI.create(demo.shop() + "/actuator/reftrail/console" + path);
    }
}
