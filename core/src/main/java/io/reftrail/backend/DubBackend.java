package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Sale;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dub: a click id in {@code dub_id}, kept in a cookie of that name for 90 days; leads and sales (docs/contracts/dub.md, sections
 * 2 to 4). Where a short domain is configured, the key of a link in {@code via} is exchanged for a click id. That call is
 * made for the visitor's browser and has traps that a server cannot step around: Dub takes visitors with the same user
 * agent, whose clicks reach it from the same server within an hour, for one (section 3.2). Its own script does not have
 * this fault. Refunds have no tracking call (section 3.4), so none is made.
 */
public final class DubBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "dub";

    /** The documented API. */
    public static final String BASE_URL = "https://api.dub.co";

    /** The event name that the documentation's samples use; sales refer to it letter by letter (section 4). */
    public static final String LEAD_EVENT_NAME = "Sign Up";

    /** How many calls in a minute the smallest plan but the free one takes (section 3.5). */
    public static final int CALLS_PER_MINUTE = 600;

    /** How a lead is taken (section 4). */
    public enum LeadMode {
        /** The answer comes before the event is written; Dub's own default. */
        ASYNC,
        /** A sale that follows at once finds the lead. */
        WAIT,
        /** The customer is tied to the link only; the lead counts when the application confirms it. */
        DEFERRED
    }

    private static final CaptureRule RULE = new CaptureRule(
            NAME, List.of("dub_id"), "dub_id", Duration.ofDays(90), Json.MAX_ID_LENGTH, CookieEncoding.RAW, true);

    private final DubBackendBuilder settings;
    private final DubCalls calls;
    private final List<CaptureRule> rules;

    DubBackend(DubBackendBuilder settings) {
        this.settings = settings;
        this.calls = new DubCalls(settings);
        this.rules = settings.domain == null ? List.of(RULE) : List.of(RULE, exchanging(settings.linkParameters()));
    }

    private static CaptureRule exchanging(List<String> parameters) {
        return new CaptureRule(
                        NAME,
                        parameters,
                        RULE.cookie(),
                        RULE.window(),
                        RULE.maxLength(),
                        RULE.encoding(),
                        RULE.scriptReadable())
                .meaning(Meaning.EXCHANGED_CODE);
    }

    /**
     * Returns a backend without settings of its own.
     *
     * @param apiKey the workspace's key
     * @throws InvalidSettingException if the key cannot be one
     */
    public static DubBackend of(String apiKey) {
        return builder(apiKey).build();
    }

    /**
     * Returns a builder.
     *
     * @param apiKey the workspace's key
     * @throws InvalidSettingException if the key cannot be one
     */
    public static DubBackendBuilder builder(String apiKey) {
        return new DubBackendBuilder(apiKey);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return rules;
    }

    @Override
    public Set<Event.Type> reports() {
        return settings.domain == null
                ? Set.of(Event.Type.LEAD, Event.Type.SALE)
                : Set.of(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE);
    }

    @Override
    public boolean defersLeads() {
        return settings.leadMode == LeadMode.DEFERRED;
    }

    @Override
    public String leadEventName() {
        return settings.leadEventName;
    }

    /** Dub knows a lead and an invoice again for 7 days; a later try could be counted twice (sections 3.3 and 4). */
    @Override
    public Duration deliverWithin(Event event) {
        return Duration.ofDays(7).minusHours(1);
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return settings.rateLimit;
    }

    @Override
    public @Nullable Outcome withoutCall(Event event) {
        return DubLimits.withoutCall(event);
    }

    @Override
    public HttpCall call(Event event) {
        if (event instanceof Click click) {
            return calls.click(click);
        }
        return event instanceof Sale sale ? calls.sale(sale) : calls.lead((Lead) event);
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return DubReplies.outcome(event, reply);
    }
}
