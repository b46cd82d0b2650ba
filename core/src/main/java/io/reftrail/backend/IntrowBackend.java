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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Introw: a signed click token in {@code irw_id}, kept in {@code _introw_aff} for 90 days, reported once as a
 * conversion (contracts/introw.md, sections 2 to 4). One click converts once, so the sign-up is the event that counts.
 */
public final class IntrowBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "introw";

    /** The documented API. */
    public static final String BASE_URL = "https://api.introw.io";

    /** How many calls in a minute the vendor is said to take (contracts/introw.md, section 3.1; a secondary source). */
    public static final int CALLS_PER_MINUTE = 120;

    private static final CaptureRule RULE =
            new CaptureRule(NAME, List.of("irw_id"), "_introw_aff", Duration.ofDays(90), 256, CookieEncoding.RAW, true);

    /** The address pattern of the API page (contracts/introw.md, section 3.1); what does not fit is left out. */
    private static final Pattern EMAIL = Pattern.compile(
            "(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}");

    /** No address is longer (RFC 5321, section 4.5.3.1.3); a pattern must not meet input without a bound. */
    private static final int MAX_EMAIL_LENGTH = 254;

    private final ApiKey apiKey;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;

    /**
     * Uses the vendor's own API.
     *
     * @param apiKey a secret key with the scope {@code affiliate:write}
     * @throws InvalidSettingException if the key cannot be one
     */
    public IntrowBackend(String apiKey) {
        this(apiKey, BASE_URL);
    }

    /**
     * @param apiKey a secret key with the scope {@code affiliate:write}
     * @param baseUrl where the API lives, for staging or a sandbox
     * @throws InvalidSettingException if the key or the URL cannot be one
     */
    public IntrowBackend(String apiKey, String baseUrl) {
        this(apiKey, baseUrl, CALLS_PER_MINUTE);
    }

    /**
     * @param apiKey a secret key with the scope {@code affiliate:write}
     * @param baseUrl where the API lives, for staging or a sandbox
     * @param callsPerMinute how many calls in a minute all processes make together; 0 for no limit
     * @throws InvalidSettingException if one of them cannot be used
     */
    public IntrowBackend(String apiKey, String baseUrl, int callsPerMinute) {
        this.apiKey = new ApiKey(NAME, apiKey);
        this.baseUrl = BaseUrl.of(NAME, baseUrl);
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
    public Duration deliverWithin(Event event) {
        return RULE.window();
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    @Override
    public HttpCall call(Event event) {
        Lead lead = (Lead) event;
        ObjectNode body = Json.object().put("clickId", lead.attribution().requireClickId());
        String email = lead.customer().email();
        if (email != null
                && email.length() <= MAX_EMAIL_LENGTH
                && EMAIL.matcher(email).matches()) {
            body.put("email", email);
        }
        if (!lead.metadata().isEmpty()) {
            body.set("properties", Json.object(lead.metadata()));
        }
        return new HttpCall(
                "POST",
                baseUrl.resolve("/api/v1/affiliate/conversions"),
                Map.of("x-api-key", apiKey.value()),
                body.toString());
    }

    /** The {@code status} field decides, not the code: a 200 means that nothing was recorded. */
    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        if (reply.status() / 100 != 2) {
            return StatusCodes.outcome(reply);
        }
        JsonNode body = Json.parse(reply.body());
        return switch (Json.text(body, "status")) {
            case "recorded" -> Outcome.recorded();
            case "duplicate" -> Outcome.of(Verdict.DUPLICATE, "this click has already converted");
            case "ignored" -> Outcome.of(Verdict.IGNORED, "click token expired, malformed or of another campaign");
            default -> Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without a known status");
        };
    }
}
