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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend that was made from a declaration and its settings. */
final class DeclaredBackend implements TrackingBackend {

    private final String name;
    private final List<CaptureRule> rules;
    private final String leadEventName;
    private final @Nullable RateLimit rateLimit;
    private final Set<Event.Type> reports;
    private final boolean carriesCheckout;
    private final Supplier<Calls> reader;
    private volatile @Nullable Calls calls;

    /**
     * The part of a declaration that an event needs and the start does not.
     *
     * @param plans the call for each kind of event, reported or not
     * @param toldOfClicks the placeholders in the call for a click
     * @param replacesRefunds whether the call for a refund has a placeholder for the sum of the sale's refunds
     * @param checkout what a checkout carries, or {@code null} if the declaration has none
     */
    record Calls(
            Map<Event.Type, Plan> plans,
            Set<String> toldOfClicks,
            boolean replacesRefunds,
            @Nullable CheckoutPlan checkout) {}

    /**
     * The metadata and the reference of a checkout.
     *
     * @param metadata the metadata, by key
     * @param reference the client reference id, or {@code null}
     */
    record CheckoutPlan(Fields metadata, @Nullable Template reference) {}

    /**
     * @param carriesCheckout whether checkouts carry the click
     * @param reader the function that reads the calls, called for the first event
     */
    DeclaredBackend(
            String name,
            List<CaptureRule> rules,
            String leadEventName,
            @Nullable RateLimit rateLimit,
            Set<Event.Type> reports,
            boolean carriesCheckout,
            Supplier<Calls> reader) {
        this.name = name;
        this.rules = List.copyOf(rules);
        this.leadEventName = leadEventName;
        this.rateLimit = rateLimit;
        this.reports = reports;
        this.carriesCheckout = carriesCheckout;
        this.reader = reader;
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

    /** @throws io.reftrail.model.InvalidSettingException if the declaration of a call is not valid */
    Calls calls() {
        Calls known = calls;
        if (known == null) {
            known = reader.get();
            calls = known;
        }
        return known;
    }

    Plan plan(Event.Type type) {
        Plan plan = reports.contains(type) ? calls().plans().get(type) : null;
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
        return reports.contains(event.type()) ? plan(event.type()).deliverWithin() : longestWindow(rules);
    }

    @Override
    public boolean isRepeatable(Event event) {
        return !reports().contains(event.type()) || plan(event.type()).repeat() != Plan.Repeat.AT_MOST_ONCE;
    }

    /** Returns whether the call for a refund has a placeholder for the sum of the sale's refunds. */
    @Override
    public boolean replacesRefunds() {
        return reports.contains(Event.Type.REFUND) && calls().replacesRefunds();
    }

    /**
     * Reduces the landing to its path and removes the referrer, the user agent and the IP address, unless the call has
     * placeholders for them.
     */
    @Override
    public Click redact(Click click) {
        Set<String> toldOfClicks = calls().toldOfClicks();
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
        CheckoutPlan checkout = carriesCheckout ? calls().checkout() : null;
        if (checkout == null) {
            return CheckoutMetadata.NONE;
        }
        Lead lead = Lead.of(attribution, Customer.of(customerId), leadEventName, Instant.EPOCH);
        Template reference = checkout.reference();
        return new CheckoutMetadata(checkout.metadata().map(lead), reference == null ? null : reference.text(lead));
    }

    /** Leaves the settings out. */
    @Override
    public String toString() {
        return "DeclaredBackend[" + name + "]";
    }
}
