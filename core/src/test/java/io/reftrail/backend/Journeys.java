package io.reftrail.backend;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mia comes by a partner's link, signs up, pays and is given some of it back. */
public final class Journeys {

    public static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
    public static final String LANDING = "https://shop.example/pricing?aff=nora7";
    public static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

    private Journeys() {}

    public static Attribution pending(TrackingBackend backend) {
        return new Attribution(backend.name(), null, NOW, "key-1", Map.of());
    }

    public static Attribution clicked(TrackingBackend backend) {
        return new Attribution(backend.name(), "click_1", NOW);
    }

    public static Click click(TrackingBackend backend) {
        return new Click(
                pending(backend), "nora7", LANDING, "https://blog.example/", BROWSER, "203.0.113.9", Map.of(), NOW);
    }

    /** A click of which no more is known than its code. */
    public static Click bareClick(TrackingBackend backend) {
        return new Click(pending(backend), "nora7", null, null, null, null, Map.of(), NOW);
    }

    public static Lead lead(TrackingBackend backend) {
        return Lead.of(clicked(backend), Leads.MIA, backend.leadEventName(), NOW);
    }

    public static Money euros(String amount) {
        return Money.of(new BigDecimal(amount), "EUR");
    }

    public static Payment payment(Money amount) {
        return Payment.of("acct-48213", "inv-88012", amount);
    }

    public static Sale sale(TrackingBackend backend) {
        return sale(backend, payment(euros("29")));
    }

    public static Sale sale(TrackingBackend backend, Payment payment) {
        return Sale.of(clicked(backend), payment, backend.leadEventName(), NOW);
    }

    public static Refund refund(TrackingBackend backend, @Nullable Money amount) {
        return Refund.of(
                clicked(backend).with("conversion", "com_1"), "acct-48213", "inv-88012", "ref-1", amount, null, NOW);
    }

    public static Event event(TrackingBackend backend, Event.Type type) {
        return switch (type) {
            case CLICK -> click(backend);
            case LEAD -> lead(backend);
            case SALE -> sale(backend);
            case REFUND -> refund(backend, euros("14.50"));
            case TRIAL -> change(backend, SubscriptionChange.Kind.TRIAL_STARTED);
            case CANCELLATION -> change(backend, SubscriptionChange.Kind.ENDED);
        };
    }

    public static SubscriptionChange change(TrackingBackend backend, SubscriptionChange.Kind kind) {
        return SubscriptionChange.of(clicked(backend), kind, "acct-48213", "sub-31", backend.leadEventName(), NOW);
    }
}
