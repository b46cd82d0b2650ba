package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
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
 * Affonso: a partner's tracking id in one of five parameters, exchanged for a click id and kept in
 * {@code affonso_referral}; sign-ups, conversions and refunds (docs/contracts/affonso.md, sections 2 to 4).
 */
public final class AffonsoBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "affonso";

    /** The documented API. */
    public static final String BASE_URL = "https://api.affonso.io";

    /** The parameters that Affonso knows, its default first; others are not offered (section 2). */
    public static final List<String> PARAMETERS = List.of("atp", "via", "affonso", "aff", "ref");

    /**
     * How long a click is kept. The vendor documents no default; 30 and 180 days are its examples, and this is the one
     * that promises less (section 2).
     */
    public static final Duration COOKIE_DURATION = Duration.ofDays(30);

    /**
     * How many calls in a minute the smallest plan takes. Its second limit, 10 in a second, is not kept: there is one span
     * for a backend. Who meets it is answered 429, which pauses and loses nothing (section 3.7).
     */
    public static final int CALLS_PER_MINUTE = 300;

    /** No click is known to expire, and repeats are told by their ids: what is kept longer is of no use to anybody. */
    private static final Duration DELIVERY = Duration.ofDays(90);

    private final AffonsoBackendBuilder settings;
    private final AffonsoCalls calls;

    AffonsoBackend(AffonsoBackendBuilder settings) {
        this.settings = settings;
        this.calls = new AffonsoCalls(settings);
    }

    /**
     * Returns a backend without settings of its own.
     *
     * @param apiKey a secret key
     * @param programId the program's id
     * @throws InvalidSettingException if one of them cannot be used
     */
    public static AffonsoBackend of(String apiKey, String programId) {
        return builder(apiKey, programId).build();
    }

    /**
     * Returns a builder.
     *
     * @param apiKey a secret key
     * @param programId the program's id
     * @throws InvalidSettingException if one of them cannot be used
     */
    public static AffonsoBackendBuilder builder(String apiKey, String programId) {
        return new AffonsoBackendBuilder(apiKey, programId);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        CaptureRule rule = new CaptureRule(
                NAME,
                settings.parameters,
                "affonso_referral",
                settings.cookieDuration,
                Json.MAX_ID_LENGTH,
                CookieEncoding.RAW,
                true);
        return List.of(rule.meaning(Meaning.EXCHANGED_CODE).forwarding(AffonsoCalls.FORWARDED));
    }

    @Override
    public Set<Event.Type> reports() {
        return EnumSet.allOf(Event.Type.class);
    }

    @Override
    public Duration deliverWithin(Event event) {
        return DELIVERY;
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return settings.rateLimit;
    }

    @Override
    public @Nullable Outcome withoutCall(Event event) {
        return AffonsoReplies.withoutCall(event);
    }

    /** The vendor has fields for address and agent; both are optional (section 3.1), and each can be switched off. */
    @Override
    public Click minimised(Click click) {
        Click known = settings.sendIpAddress ? click : click.withoutIpAddress();
        return settings.sendUserAgent ? known : known.withoutUserAgent();
    }

    @Override
    public HttpCall call(Event event) {
        return switch (event.type()) {
            case CLICK -> calls.click((Click) event);
            case LEAD -> calls.signUp((Lead) event);
            case SALE -> calls.conversion((Sale) event);
            case REFUND -> calls.refund((Refund) event);
        };
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return AffonsoReplies.outcome(event, reply);
    }
}
