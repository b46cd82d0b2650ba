package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An {@link ExemplaryBackend} of which a part is not as it should be. */
final class AlteredBackend implements TrackingBackend {

    /** Another call in place of the right one. */
    interface Calls {
        HttpCall instead(Event event, HttpCall call);
    }

    /** Another outcome in place of the right one. */
    interface Outcomes {
        Outcome instead(HttpReply reply, Outcome outcome);
    }

    private final ExemplaryBackend right;

    String name = ExemplaryBackend.NAME;
    String leadEventName = "Sign Up";
    String text = "AlteredBackend";
    Duration deliveryTimeout = Duration.ofDays(30);
    Set<Event.Type> reports;
    UnaryOperator<CaptureRule> rules = rule -> rule;

    @Nullable
    Outcome outcomeWithoutCall;

    @Nullable
    RateLimit rateLimit;

    UnaryOperator<Click> minimised = Click::withoutIpAddress;
    Calls calls = (event, call) -> call;
    Outcomes outcomes = (reply, outcome) -> outcome;
    BinaryOperator<String> checkoutValue = (key, value) -> value;
    String checkoutKey = "exemplary_click";
    UnaryOperator<List<OutcomeRow>> table = rows -> rows;

    AlteredBackend(String key, String baseUrl) {
        this.right = new ExemplaryBackend(key, baseUrl);
        this.reports = right.reports();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return right.captureRules().stream().map(rules).toList();
    }

    @Override
    public Set<Event.Type> reports() {
        return reports;
    }

    @Override
    public String leadEventName() {
        return leadEventName;
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return deliveryTimeout;
    }

    @Override
    public boolean defersLeads() {
        return right.defersLeads();
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    @Override
    public Click redact(Click click) {
        return minimised.apply(click);
    }

    @Override
    public @Nullable Outcome outcomeWithoutCall(Event event) {
        return outcomeWithoutCall;
    }

    @Override
    public HttpCall call(Event event) {
        return calls.instead(event, right.call(event));
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return outcomes.instead(reply, right.outcome(event, reply));
    }

    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return new CheckoutMetadata(
                Map.of(checkoutKey, checkoutValue.apply(customerId, attribution.requireClickId())), null);
    }

    @Override
    public String toString() {
        return text;
    }
}
