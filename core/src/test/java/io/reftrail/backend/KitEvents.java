package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One event of each kind for a backend: with all that can be known of it, or with as little as possible. */
final class KitEvents {

    static final String CLICK_ID = "Click7002k3Vt9Qx";
    static final String CUSTOMER_ID = "acct-7003";
    static final String EMAIL = "mia.kovac7004@example.org";
    static final String NAME = "M\u00eda Kova\u010d 7005 \u20ac";
    static final String REFERRER = "https://blog.example/7006";
    static final String USER_AGENT = "Browser/7007";
    static final String IP_ADDRESS = "203.0.113.77";
    static final String METADATA = "plan7008";

    /** What no log may hold. */
    static final List<String> PERSONAL =
            List.of(CLICK_ID, CUSTOMER_ID, EMAIL, NAME, REFERRER, USER_AGENT, IP_ADDRESS, METADATA);

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final TrackingBackend backend;
    private final Predicate<Event.Type> sent;
    private final UnaryOperator<Attribution> completed;

    KitEvents(TrackingBackend backend, Predicate<Event.Type> sent, UnaryOperator<Attribution> completed) {
        this.backend = backend;
        this.sent = sent;
        this.completed = completed;
    }

    List<Event> typical() {
        return ofEachKind(sent, this::typical);
    }

    List<Event> bare() {
        return ofEachKind(sent, this::bare);
    }

    /** Those that the backend, as it is configured, reports by no call. */
    List<Event> unsent() {
        return ofEachKind(sent.negate(), this::typical);
    }

    private List<Event> ofEachKind(Predicate<Event.Type> which, Function<Event.Type, Event> event) {
        return backend.reports().stream().filter(which).sorted().map(event).toList();
    }

    /** The attribution to the first click of a visitor, as it is before the vendor has answered. */
    Attribution pending() {
        return new Attribution(backend.name(), null, NOW, "key-1", Map.of());
    }

    Attribution attribution() {
        return completed.apply(new Attribution(backend.name(), CLICK_ID, NOW));
    }

    Event typical(Event.Type type) {
        return switch (type) {
            case CLICK -> click();
            case LEAD -> lead();
            case SALE -> sale(Money.of(new BigDecimal("29.00"), "EUR"));
            case REFUND -> refund(Money.of(new BigDecimal("14.50"), "EUR"), "downgrade");
            case TRIAL -> change(SubscriptionChange.Kind.TRIAL_STARTED);
            case CANCELLATION -> change(SubscriptionChange.Kind.ENDED);
        };
    }

    Event bare(Event.Type type) {
        return switch (type) {
            case CLICK -> new Click(clicked(null), "nora-7", null, null, null, null, Map.of(), NOW);
            case LEAD -> Lead.of(attribution(), Customer.of(CUSTOMER_ID), backend.leadEventName(), NOW);
            case SALE ->
                Sale.of(
                        attribution(),
                        Payment.of(CUSTOMER_ID, "inv-88012", Money.of(BigDecimal.ONE, "USD")),
                        backend.leadEventName(),
                        NOW);
            case REFUND -> refund(null, null);
            case TRIAL, CANCELLATION -> typical(type);
        };
    }

    Lead lead() {
        Customer customer =
                Customer.of(CUSTOMER_ID).withEmail(EMAIL).withName(NAME).withCreatedAt(NOW);
        return Lead.of(attribution(), customer, backend.leadEventName(), NOW).withMetadata(Map.of("plan", METADATA));
    }

    Sale sale(Money amount) {
        Payment payment = Payment.of(CUSTOMER_ID, "inv-88012", amount)
                .forSubscription("sub-31", Interval.MONTH)
                .withProduct("prod-7")
                .withProcessor("stripe")
                .withMetadata(Map.of("plan", METADATA));
        return Sale.of(attribution(), payment, backend.leadEventName(), NOW);
    }

    private Refund refund(@Nullable Money amount, @Nullable String reason) {
        return Refund.of(attribution(), CUSTOMER_ID, "inv-88012", "ref-1", amount, reason, NOW);
    }

    private SubscriptionChange change(SubscriptionChange.Kind kind) {
        return SubscriptionChange.of(attribution(), kind, CUSTOMER_ID, "sub-31", backend.leadEventName(), NOW);
    }

    Click click() {
        CaptureRule rule = codeRule();
        String parameter =
                rule.parameters().isEmpty() ? "code" : rule.parameters().get(0);
        return new Click(
                clicked(CLICK_ID),
                "nora-7",
                "https://shop.example/pricing?" + parameter + "=nora-7",
                REFERRER,
                USER_AGENT,
                IP_ADDRESS,
                rule.forwarded().stream().collect(Collectors.toMap(name -> name, name -> "of " + name)),
                NOW);
    }

    /** The click before this one is known or not; where the code itself is the click id, it always is. */
    private Attribution clicked(@Nullable String before) {
        String clickId = codeRule().meaning() == Meaning.COUNTED_CODE ? "nora-7" : before;
        return new Attribution(backend.name(), clickId, NOW, "key-1", Map.of());
    }

    private CaptureRule codeRule() {
        return backend.captureRules().stream()
                .filter(rule -> rule.meaning() != Meaning.CLICK_ID)
                .findFirst()
                .orElseGet(() -> backend.captureRules().get(0));
    }
}
