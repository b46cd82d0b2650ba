package io.reftrail.benchmarks;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A backend without limits of its own, whose lead is about as large as a real one's. */
public final class StubBackend implements TrackingBackend {

    /** Its name. */
    public static final String NAME = "stub";

    private final URI uri;

    /** @param uri where leads go */
    public StubBackend(URI uri) {
        this.uri = uri;
    }

    /** Returns the lead of a customer as an application would hand it over. */
    public static Lead lead(String customer) {
        Attribution attribution = new Attribution(NAME, "click-" + customer, Instant.now());
        Customer known =
                Customer.of(customer).withEmail(customer + "@example.org").withName("Kim Example");
        return Lead.of(attribution, known, "Sign Up", Instant.now());
    }

    /** Returns the body that reports a customer. */
    public static String body(String customer) {
        return "{\"clickId\":\"click-" + customer + "\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"" + customer
                + "\",\"customerEmail\":\"" + customer + "@example.org\",\"customerName\":\"Kim Example\"}";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of();
    }

    @Override
    public Duration deliverWithin(Event event) {
        return Duration.ofDays(30);
    }

    @Override
    public HttpCall call(Event event) {
        String customer = event.customerId() == null ? "" : event.customerId();
        return new HttpCall("POST", uri, Map.of("Authorization", "Bearer key"), body(customer));
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return reply.status() == 200 ? Outcome.recorded() : Outcome.of(Verdict.RETRY, "HTTP " + reply.status());
    }
}
