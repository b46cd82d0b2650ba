package io.reftrail.backend.declared;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.RateLimit;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A backend as its declaration says, with its settings filled in. */
final class DeclaredBackend implements TrackingBackend {

    private final String name;
    private final List<CaptureRule> rules;
    private final String leadEventName;
    private final @Nullable RateLimit rateLimit;
    private final EnumMap<Event.Type, Plan> plans;
    private final Set<Event.Type> reports;
    private final Set<String> toldOfClicks;
    private final @Nullable CheckoutPlan checkout;

    /**
     * The metadata and the reference of a checkout.
     *
     * @param metadata the metadata, by key
     * @param reference the client reference id, or {@code null}
     */
    record CheckoutPlan(Fields metadata, @Nullable Template reference) {}

    DeclaredBackend(
            String name,
            List<CaptureRule> rules,
            String leadEventName,
            @Nullable RateLimit rateLimit,
            Map<Event.Type, Plan> plans,
            Set<String> toldOfClicks,
            @Nullable CheckoutPlan checkout) {
        this.name = name;
        this.rules = List.copyOf(rules);
        this.leadEventName = leadEventName;
        this.rateLimit = rateLimit;
        this.plans = new EnumMap<>(plans);
        this.reports = Set.copyOf(plans.keySet());
        this.toldOfClicks = Set.copyOf(toldOfClicks);
        this.checkout = checkout;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return rules;
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
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    Plan plan(Event.Type type) {
        Plan plan = plans.get(type);
        if (plan == null) {
            throw new IllegalArgumentException(name + " reports no " + type);
        }
        return plan;
    }

    static Duration longestWindow(List<CaptureRule> rules) {
        return rules.stream()
                .map(CaptureRule::window)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        Plan plan = plans.get(event.type());
        return plan == null ? longestWindow(rules) : plan.deliverWithin();
    }

    @Override
    public boolean isRepeatable(Event event) {
        return plan(event.type()).repeat() != Plan.Repeat.AT_MOST_ONCE;
    }

    /** Keeps of a click what the call for it has placeholders for. */
    @Override
    public Click redact(Click click) {
        boolean whole = toldOfClicks.contains(Placeholders.LANDING);
        String landing = click.landing();
        return new Click(
                click.attribution(),
                click.code(),
                whole || landing == null ? landing : LandingPath.of(landing),
                toldOfClicks.contains("referrer") ? click.referrer() : null,
                toldOfClicks.contains("user-agent") ? click.userAgent() : null,
                toldOfClicks.contains("ip-address") ? click.ipAddress() : null,
                click.parameters(),
                click.occurredAt());
    }

    @Override
    public @Nullable Outcome outcomeWithoutCall(Event event) {
        return plan(event.type()).withoutCall(event);
    }

    @Override
    public HttpCall call(Event event) {
        return plan(event.type()).call(event);
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return plan(event.type()).outcome(event, reply);
    }

    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        if (checkout == null) {
            return CheckoutMetadata.NONE;
        }
        Lead lead = Lead.of(attribution, Customer.of(customerId), leadEventName, Instant.EPOCH);
        Template reference = checkout.reference();
        return new CheckoutMetadata(checkout.metadata().map(lead), reference == null ? null : reference.text(lead));
    }

    /** Shows no setting. */
    @Override
    public String toString() {
        return "DeclaredBackend[" + name + "]";
    }
}
