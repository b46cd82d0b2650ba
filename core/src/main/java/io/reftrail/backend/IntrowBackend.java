package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Sale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Introw: a signed click token in {@code irw_id}, kept in {@code _introw_aff} for 90 days, reported once as a
 * conversion (docs/contracts/introw.md, sections 2 to 4). One click converts once, so that either the sign-up counts or the first
 * payment.
 */
public final class IntrowBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "introw";

    /** The documented API. */
    public static final String BASE_URL = "https://api.introw.io";

    /** How many calls in a minute the vendor is said to take (docs/contracts/introw.md, section 3.1; a secondary source). */
    public static final int CALLS_PER_MINUTE = 120;

    private static final CaptureRule RULE =
            new CaptureRule(NAME, List.of("irw_id"), "_introw_aff", Duration.ofDays(90), 256, CookieEncoding.RAW, true);

    /** What counts as the conversion: one click converts once (docs/contracts/introw.md, section 4). */
    public enum Conversion {
        /** The sign-up. */
        SIGN_UP,
        /** The customer's first payment. */
        SALE
    }

    private final ApiKey apiKey;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;
    private final Conversion conversion;

    IntrowBackend(IntrowBackendBuilder settings) {
        this.apiKey = settings.apiKey;
        this.baseUrl = settings.baseUrl;
        this.rateLimit = settings.rateLimit;
        this.conversion = settings.conversion;
    }

    /**
     * Returns a backend without settings of its own.
     *
     * @param apiKey a secret key with the scope {@code affiliate:write}
     * @throws InvalidSettingException if the key cannot be one
     */
    public static IntrowBackend of(String apiKey) {
        return builder(apiKey).build();
    }

    /**
     * Returns a builder.
     *
     * @param apiKey a secret key with the scope {@code affiliate:write}
     * @throws InvalidSettingException if the key cannot be one
     */
    public static IntrowBackendBuilder builder(String apiKey) {
        return new IntrowBackendBuilder(apiKey);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(RULE);
    }

    /** One of the two only: a second report of a click is a duplicate, whatever it reports. */
    @Override
    public Set<Event.Type> reports() {
        return Set.of(conversion == Conversion.SALE ? Event.Type.SALE : Event.Type.LEAD);
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
        ObjectNode body = Json.object().put("clickId", event.attribution().requireClickId());
        if (event instanceof Lead lead) {
            Json.putText(body, "email", EmailAddress.valid(lead.customer().email()));
            Json.putObject(body, "properties", Json.object(lead.metadata()));
        }
        if (event instanceof Sale sale) {
            body.set("properties", properties(sale.payment()));
        }
        return baseUrl.post("/api/v1/affiliate/conversions", Map.of("x-api-key", apiKey.value()), body);
    }

    /** There is no field for what was paid; a campaign's field mapping takes it from here (section 3.1). */
    private static ObjectNode properties(Payment payment) {
        return Json.object(payment.metadata())
                .put("amount", payment.amount().amount().toPlainString())
                .put("currency", payment.amount().currency().getCurrencyCode())
                .put("invoiceId", payment.invoiceId());
    }

    /**
     * The {@code status} field decides, not the code: a 200 means that nothing was recorded. A 422 is about the click id,
     * and what its body is like is not documented (docs/contracts/introw.md, sections 3.1 and 5).
     */
    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        if (reply.status() / 100 != 2) {
            return reply.status() == 422 ? StatusCodes.refusal(reply) : StatusCodes.outcome(reply);
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
