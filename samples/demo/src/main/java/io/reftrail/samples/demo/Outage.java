package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A vendor that is in trouble while somebody signs up; the lead is looked for later. */
final class Outage {

    static final List<String> FAULTS = List.of(
            "\"kind\":\"hang\",\"seconds\":5",
            "\"kind\":\"status\",\"status\":500",
            "\"kind\":\"reset\"",
            "\"kind\":\"html\"");

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String vendor;
    private final String endpoint;
    private final String link;
    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;
    private Instant signedUpAt = Instant.EPOCH;

    /** @param endpoint the vendor's calls that fail */
    Outage(String vendor, String endpoint, String link, RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.vendor = vendor;
        this.endpoint = endpoint;
        this.link = link;
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    void begin() throws IOException, InterruptedException, StepFailure {
        steps.step("a sign-up while " + vendor + "'s " + endpoint + "s fail", () -> {
            for (String fault : FAULTS) {
                sandbox.fail(
                        "{\"vendor\":\"%s\",\"endpoint\":\"%s\",\"count\":1,%s}".formatted(vendor, endpoint, fault));
            }
            Visitor visitor = new Visitor();
            long start = System.nanoTime();
            visitor.open(Visitor.location(visitor.open(demo.sandbox().resolve(link))));
            visitor.submit(
                    demo.shop().resolve("/signup"),
                    Map.of("email", vendor + "-late@example.org", "name", "Late", "password", WaysIn.PASSWORD));
            signedUpAt = Instant.now();
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            require(waited.compareTo(Duration.ofSeconds(5)) < 0, "it took " + waited.toMillis() + " ms");
            return "hang, 500, reset, HTML: click and sign-up in " + waited.toMillis() + " ms";
        });
    }

    /** After the {@link Journey} of the same vendor, whose lead is another one. */
    void end() throws IOException, InterruptedException, StepFailure {
        steps.step("the lead survives " + vendor + "'s trouble", () -> {
            JsonNode lead = sandbox.await(vendor, "lead", 2, System.nanoTime(), PATIENCE);
            String partner = lead.path("partner").asString("");
            require(link.endsWith("/" + partner), "credited to " + partner);
            Instant recordedAt = Instant.parse(lead.path("at").asString(""));
            return "recorded %d ms after the sign-up, for %s"
                    .formatted(Duration.between(signedUpAt, recordedAt).toMillis(), partner);
        });
    }
}
