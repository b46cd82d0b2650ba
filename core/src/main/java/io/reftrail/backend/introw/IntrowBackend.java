package io.reftrail.backend.introw;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.RateLimit;
import io.reftrail.backend.StatusCodes;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.internal.ApiKey;
import io.reftrail.backend.internal.BaseUrl;
import io.reftrail.backend.internal.EmailAddress;
import io.reftrail.backend.internal.Json;
import io.reftrail.backend.internal.SettingText;
import io.reftrail.backend.internal.VendorBuilder;
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
 * Introw. A signed click token arrives in {@code irw_id}, is kept in {@code _introw_aff} for 90 days, and is reported once, as a
 * conversion (docs/contracts/introw.md, sections 2 to 4). One click converts once: you choose whether the sign-up or the first
 * payment is the conversion.
 */
public final class IntrowBackend implements TrackingBackend {

    /** The name of the backend. */
    public static final String NAME = "introw";

    /** The documented API. */
    public static final String BASE_URL = "https://api.introw.io";

    /** The limit of calls according to a secondary source (docs/contracts/introw.md, section 3.1). */
    public static final int CALLS_PER_MINUTE = 120;

    /** The event that is the conversion (docs/contracts/introw.md, section 4). */
    public enum Conversion {
        /** The sign-up. */
        SIGN_UP,
        /** The customer's first payment. */
        SALE
    }

    private static final CaptureRule RULE =
            new CaptureRule(NAME, List.of("irw_id"), "_introw_aff", Duration.ofDays(90), 256, CookieEncoding.RAW, true);

    private final ApiKey apiKey;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;
    private final Conversion conversion;

    private IntrowBackend(Builder builder, BaseUrl baseUrl, @Nullable RateLimit rateLimit) {
        this.apiKey = builder.apiKey;
        this.baseUrl = baseUrl;
        this.rateLimit = rateLimit;
        this.conversion = builder.conversion;
    }

    /**
     * Returns a backend with the default settings.
     *
     * @param apiKey a secret key with the scope {@code affiliate:write}
     * @throws InvalidSettingException if the key cannot be used
     */
    public static IntrowBackend of(String apiKey) {
        return builder(apiKey).build();
    }

    /**
     * Returns a builder.
     *
     * @param apiKey a secret key with the scope {@code affiliate:write}
     * @throws InvalidSettingException if the key cannot be used
     */
    public static Builder builder(String apiKey) {
        return new Builder(apiKey);
    }

    // Settings

    /** The provider of the settings of Introw. */
    public static final class Provider implements BackendProvider {

        @Override
        public List<String> backends() {
            return List.of(NAME);
        }

        @Override
        public BackendSettings<?> settings(String backend) {
            return BackendSettings.activatedBy(
                            NAME,
                            "api-key",
                            "Introw's secret key, with the scope `affiliate:write`",
                            Builder::new,
                            Builder::build)
                    .text("base-url", BASE_URL, SettingText.BASE_URL, Builder::baseUrl)
                    .choice(
                            "conversion",
                            Conversion.SIGN_UP,
                            "Which event is the one conversion of a click: `sign-up` or `sale` (the customer's first payment)",
                            Builder::conversion)
                    .number(
                            "calls-per-minute",
                            CALLS_PER_MINUTE,
                            SettingText.CALLS_PER_MINUTE,
                            Builder::callsPerMinute);
        }
    }

    /** A builder of {@link IntrowBackend}. Not thread-safe. */
    public static final class Builder extends VendorBuilder<Builder> {

        private final ApiKey apiKey;
        private Conversion conversion = Conversion.SIGN_UP;

        private Builder(String apiKey) {
            super(NAME, BASE_URL, CALLS_PER_MINUTE);
            this.apiKey = new ApiKey(NAME, apiKey);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Sets which event is the conversion; the sign-up by default. */
        public Builder conversion(Conversion conversion) {
            this.conversion = conversion;
            return this;
        }

        /** Returns the backend. */
        public IntrowBackend build() {
            return new IntrowBackend(this, baseUrl(), rateLimit());
        }
    }

    // Capture

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(RULE);
    }

    /** Only one of the two: the vendor answers "duplicate" to a second report of a click, whatever it reports. */
    @Override
    public Set<Event.Type> reports() {
        return Set.of(conversion == Conversion.SALE ? Event.Type.SALE : Event.Type.LEAD);
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return RULE.window();
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    // The call

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

    /** The vendor has no field for the amount; a campaign's field mapping reads it from the properties (section 3.1). */
    private static ObjectNode properties(Payment payment) {
        return Json.object(payment.metadata())
                .put("amount", payment.amount().amount().toPlainString())
                .put("currency", payment.amount().currency().getCurrencyCode())
                .put("invoiceId", payment.invoiceId());
    }

    // The reply

    /**
     * The field {@code status} decides, not the code: a 200 means that nothing was recorded. A 422 is about the click id; its
     * body is not documented (docs/contracts/introw.md, sections 3.1 and 5).
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
