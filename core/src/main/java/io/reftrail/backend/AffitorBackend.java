package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Affitor: a partner's code in {@code aff} that is exchanged for a click id, kept in {@code affitor_click_id}; leads,
 * sales and refunds (docs/contracts/affitor.md, sections 2 to 4). Speaks the current generation. A visitor who has only a
 * cookie of an older one is reported as that one documents it, because nothing says that its value is a click id today.
 */
public final class AffitorBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "affitor";

    /** The documented API. */
    public static final String BASE_URL = "https://api.affitor.com";

    /** The event name of the documentation's example. */
    public static final String LEAD_EVENT_NAME = "Sign Up";

    /** What the vendor's own script keeps a click for, where the reply does not say (section 2). */
    private static final Duration WINDOW = Duration.ofDays(60);

    private static final List<CaptureRule> OLDER = List.of(reading("affitor_customer"), reading("customer_code"));

    private final AffitorBackendBuilder settings;
    private final AffitorCalls calls;
    private final AffitorReplies replies;
    private final CaptureRule rule;

    AffitorBackend(AffitorBackendBuilder settings) {
        this.settings = settings;
        this.calls = new AffitorCalls(settings);
        this.replies = new AffitorReplies(settings.testMode);
        this.rule = rule(settings.captureRef ? List.of("aff", "ref") : List.of("aff"), "affitor_click_id")
                .meaning(Meaning.EXCHANGED_CODE)
                .keepingLandingIn("affitor_aff_url");
    }

    /**
     * Returns a backend without settings of its own.
     *
     * @param token the program's tracking token
     * @throws InvalidSettingException if the token cannot be one
     */
    public static AffitorBackend of(String token) {
        return builder(token).build();
    }

    /**
     * Returns a builder.
     *
     * @param token the program's tracking token
     * @throws InvalidSettingException if the token cannot be one
     */
    public static AffitorBackendBuilder builder(String token) {
        return new AffitorBackendBuilder(token);
    }

    private static CaptureRule rule(List<String> parameters, String cookie) {
        return new CaptureRule(NAME, parameters, cookie, WINDOW, Json.MAX_ID_LENGTH, CookieEncoding.RAW, true);
    }

    private static CaptureRule reading(String cookie) {
        return rule(List.of(), cookie);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(rule, OLDER.get(0), OLDER.get(1));
    }

    @Override
    public Set<Event.Type> reports() {
        return settings.sales.reports(EnumSet.allOf(Event.Type.class));
    }

    @Override
    public String leadEventName() {
        return settings.leadEventName;
    }

    /**
     * A click or a lead as long as the click counts, by what the vendor has said of it. A customer's payments are found by
     * the customer's key, and repetitions by the transaction's id, of which no end is documented (sections 3.4 and 4).
     */
    @Override
    public Duration deliverWithin(Event event) {
        return event.type() == Event.Type.SALE || event.type() == Event.Type.REFUND
                ? AffitorClicks.LONGEST_DELIVERY
                : AffitorClicks.window(event.attribution(), WINDOW);
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return settings.rateLimit;
    }

    @Override
    public @Nullable Outcome withoutCall(Event event) {
        return AffitorClicks.withoutCall(event, settings.captureRef, settings.testMode);
    }

    @Override
    public HttpCall call(Event event) {
        return switch (event.type()) {
            case CLICK -> calls.click((Click) event);
            case LEAD -> calls.lead((Lead) event);
            case SALE -> calls.sale((Sale) event);
            case REFUND -> calls.refund((Refund) event);
        };
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return switch (event.type()) {
            case CLICK -> replies.click(event.attribution(), reply);
            case LEAD -> replies.lead(event.attribution(), reply);
            case SALE -> AffitorReplies.sale(reply);
            case REFUND -> AffitorReplies.refund(reply);
        };
    }

    /** Nothing where the application tells of the payments. The vendor wants the program id with the rest (section 3.7). */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return settings.sales.carries(AffitorClicks.checkoutMetadata(attribution, customerId, settings.programId));
    }
}
