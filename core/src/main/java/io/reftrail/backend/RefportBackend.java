package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refport: a click id in {@code refp_id}, kept in a cookie of that name for 90 days, reported to
 * {@code /api/track/lead} (contracts/refport.md, sections 2 to 4).
 */
public final class RefportBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "refport";

    /** The documented API. */
    public static final String BASE_URL = "https://app.refport.co";

    /** The event name that the vendor's documentation and its own plugin use. */
    public static final String LEAD_EVENT_NAME = "Sign Up";

    /** No length is documented; this keeps a click id far from the limits of cookies and headers. */
    private static final int MAX_LENGTH = 512;

    private static final CaptureRule RULE = new CaptureRule(
            NAME, List.of("refp_id"), "refp_id", Duration.ofDays(90), MAX_LENGTH, CookieEncoding.PERCENT, true);

    private final ApiKey apiKey;
    private final BaseUrl baseUrl;
    private final String leadEventName;
    private final @Nullable RateLimit rateLimit;

    /** Uses the vendor's own API and event name; see {@link #RefportBackend(String, String, String, int)}. */
    public RefportBackend(String apiKey) {
        this(apiKey, BASE_URL, LEAD_EVENT_NAME);
    }

    /** Has no rate limit; see {@link #RefportBackend(String, String, String, int)}. */
    public RefportBackend(String apiKey, String baseUrl, String leadEventName) {
        this(apiKey, baseUrl, leadEventName, 0);
    }

    /**
     * @param apiKey the account's key
     * @param baseUrl where the API lives, for a sandbox
     * @param leadEventName the label of the sign-up event; part of the deduplication key
     * @param callsPerMinute how many calls in a minute all processes make together; 0 for no limit: the vendor says none
     * @throws InvalidSettingException if one of them cannot be used
     */
    public RefportBackend(String apiKey, String baseUrl, String leadEventName, int callsPerMinute) {
        this.apiKey = new ApiKey(NAME, apiKey);
        this.baseUrl = BaseUrl.of(NAME, baseUrl);
        if (leadEventName.isBlank()) {
            throw new InvalidSettingException(
                    NAME + ".lead-event-name",
                    "an event without a name is refused by Refport",
                    "Write a name, or leave it out for '" + LEAD_EVENT_NAME + "'.");
        }
        this.leadEventName = leadEventName;
        this.rateLimit = CallsPerMinute.limit(NAME, callsPerMinute);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(RULE);
    }

    @Override
    public String leadEventName() {
        return leadEventName;
    }

    /** The vendor deduplicates for 7 days; a retry after that could be counted twice (section 4). */
    @Override
    public Duration deliverWithin(Event event) {
        return Duration.ofDays(7).minusHours(1);
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    @Override
    public HttpCall call(Event event) {
        Lead lead = (Lead) event;
        ObjectNode body = Json.object()
                .put("clickId", lead.attribution().requireClickId())
                .put("eventName", lead.eventName())
                .put("customerExternalId", lead.customer().id());
        putIfPresent(body, "customerEmail", lead.customer().email());
        putIfPresent(body, "customerName", lead.customer().name());
        if (!lead.metadata().isEmpty()) {
            body.set("metadata", Json.object(lead.metadata()));
        }
        return new HttpCall(
                "POST",
                baseUrl.resolve("/api/track/lead"),
                Map.of("Authorization", "Bearer " + apiKey.value()),
                body.toString());
    }

    private static void putIfPresent(ObjectNode body, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            body.put(field, value);
        }
    }

    /** A 200 is success unless its body is JSON {@code null}: then the click belongs to no link (section 3.1). */
    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() == 200 && body != null) {
            return body.isNull() ? Outcome.of(Verdict.IGNORED, "the click is not tied to a link") : recorded(body);
        }
        if (reply.status() == 400) {
            return badRequest(reply, Json.text(body == null ? null : body.get("error"), "code"));
        }
        return reply.status() / 100 == 2
                ? Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without a JSON body")
                : StatusCodes.outcome(reply);
    }

    private static Outcome recorded(JsonNode body) {
        return body.isObject() ? Outcome.recorded() : Outcome.of(Verdict.RETRY, "HTTP 200 with an unknown body");
    }

    private static Outcome badRequest(HttpReply reply, String code) {
        return switch (code) {
            case "INVALID_CLICK_ID", "VALIDATION_ERROR" -> Outcome.of(Verdict.REJECTED, code);
            default -> StatusCodes.outcome(reply);
        };
    }
}
