package io.reftrail.backend.refport;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.RateLimit;
import io.reftrail.backend.SalesReporting;
import io.reftrail.backend.StatusCodes;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.internal.ApiKey;
import io.reftrail.backend.internal.BaseUrl;
import io.reftrail.backend.internal.EmailAddress;
import io.reftrail.backend.internal.Json;
import io.reftrail.backend.internal.PaymentProcessor;
import io.reftrail.backend.internal.PictureAddress;
import io.reftrail.backend.internal.SettingText;
import io.reftrail.backend.internal.VendorBuilder;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Sale;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refport. A click id arrives in {@code refp_id} and is kept in a cookie of that name for 90 days. Leads and sales are reported
 * (docs/contracts/refport.md, sections 2 to 4).
 */
public final class RefportBackend implements TrackingBackend {

    /** The name of the backend. */
    public static final String NAME = "refport";

    /** The documented API. */
    public static final String BASE_URL = "https://app.refport.co";

    /** The event name in the vendor's documentation and its own plugin. */
    public static final String LEAD_EVENT_NAME = "Sign Up";

    private static final CaptureRule RULE = new CaptureRule(
            NAME, List.of("refp_id"), "refp_id", Duration.ofDays(90), Json.MAX_ID_LENGTH, CookieEncoding.PERCENT, true);

    private static final Set<String> PROCESSORS =
            Set.of("stripe", "shopify", "polar", "paddle", "revenuecat", "custom");

    private final ApiKey apiKey;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;
    private final String leadEventName;
    private final SalesReporting sales;

    private RefportBackend(Builder builder, BaseUrl baseUrl, @Nullable RateLimit rateLimit) {
        this.apiKey = builder.apiKey;
        this.baseUrl = baseUrl;
        this.rateLimit = rateLimit;
        this.leadEventName = builder.leadEventName;
        this.sales = builder.sales;
    }

    /**
     * Returns a backend with the default settings.
     *
     * @param apiKey the account's key
     * @throws InvalidSettingException if the key cannot be used
     */
    public static RefportBackend of(String apiKey) {
        return builder(apiKey).build();
    }

    /**
     * Returns a builder.
     *
     * @param apiKey the account's key
     * @throws InvalidSettingException if the key cannot be used
     */
    public static Builder builder(String apiKey) {
        return new Builder(apiKey);
    }

    // Settings

    /** The provider of the settings of Refport. */
    public static final class Provider implements BackendProvider {

        @Override
        public List<String> backends() {
            return List.of(NAME);
        }

        @Override
        public BackendSettings<?> settings(String backend) {
            return BackendSettings.activatedBy(NAME, "api-key", "Refport's key", Builder::new, Builder::build)
                    .text("base-url", BASE_URL, SettingText.BASE_URL, Builder::baseUrl)
                    .text("lead-event-name", LEAD_EVENT_NAME, SettingText.LEAD_EVENT_NAME, Builder::leadEventName)
                    .choice("sales", SalesReporting.API, SettingText.SALES, Builder::sales)
                    .number("calls-per-minute", 0, SettingText.CALLS_PER_MINUTE, Builder::callsPerMinute);
        }
    }

    /** A builder of {@link RefportBackend}. Not thread-safe. */
    public static final class Builder extends VendorBuilder<Builder> {

        private final ApiKey apiKey;
        private String leadEventName = LEAD_EVENT_NAME;
        private SalesReporting sales = SalesReporting.API;

        private Builder(String apiKey) {
            super(NAME, BASE_URL, 0);
            this.apiKey = new ApiKey(NAME, apiKey);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Sets the label of the sign-up event, which is part of the vendor's deduplication key.
         *
         * @throws InvalidSettingException if it is blank
         */
        public Builder leadEventName(String leadEventName) {
            this.leadEventName = SettingText.required(
                    "refport.lead-event-name",
                    leadEventName,
                    "Write a name, or leave it out for '" + LEAD_EVENT_NAME + "'.");
            return this;
        }

        /** Sets how Refport learns of sales; from {@link SalesReporting#API the application} by default. */
        public Builder sales(SalesReporting sales) {
            this.sales = sales;
            return this;
        }

        /** Returns the backend. */
        public RefportBackend build() {
            return new RefportBackend(this, baseUrl(), rateLimit());
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

    @Override
    public String leadEventName() {
        return leadEventName;
    }

    @Override
    public Set<Event.Type> reports() {
        return sales.reports(Set.of(Event.Type.LEAD, Event.Type.SALE));
    }

    /**
     * Leads are deduplicated for 7 days, so a later attempt could be counted twice. Sales are deduplicated by their invoice, for
     * which no end is documented (section 4).
     */
    @Override
    public Duration deliveryTimeout(Event event) {
        return event.type() == Event.Type.SALE
                ? RULE.window()
                : Duration.ofDays(7).minusHours(1);
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    // Calls

    @Override
    public HttpCall call(Event event) {
        return event instanceof Sale sale ? sale(sale) : lead((Lead) event);
    }

    /** A malformed e-mail address would fail the whole lead (section 3.1, {@code VALIDATION_ERROR}), so it is left out. */
    private HttpCall lead(Lead lead) {
        ObjectNode body = Json.object()
                .put("clickId", lead.attribution().requireClickId())
                .put("eventName", lead.eventName())
                .put("customerExternalId", lead.customer().id());
        Json.putText(body, "customerEmail", EmailAddress.valid(lead.customer().email()));
        Json.putText(body, "customerName", lead.customer().name());
        Json.putText(
                body, "customerAvatar", PictureAddress.valid(lead.customer().avatar()));
        Json.putObject(body, "metadata", Json.object(lead.metadata()));
        return baseUrl.post("/api/track/lead", apiKey.asBearer(), body);
    }

    private HttpCall sale(Sale sale) {
        Payment payment = sale.payment();
        ObjectNode body = Json.object()
                .put("clickId", sale.attribution().requireClickId())
                .put("customerExternalId", payment.customerId())
                .put("amount", payment.amount().minorUnits())
                .put("currency", payment.amount().currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .put("invoiceId", payment.invoiceId());
        Json.putText(body, "paymentProcessor", PaymentProcessor.among(PROCESSORS, payment));
        Json.putObject(body, "metadata", Json.object(payment.metadata()));
        return baseUrl.post("/api/track/sale", apiKey.asBearer(), body);
    }

    // Replies: the status tables of sections 3.1 and 3.2 are the same.

    /**
     * A 200 is a success unless its body is JSON {@code null}: then the click belongs to no link (section 3.1), or it is a
     * repetition, for which no answer is documented (section 4).
     */
    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() == 200 && body != null) {
            return body.isNull()
                    ? Outcome.of(Verdict.IGNORED, "the click is not tied to a link, or Refport has this already")
                    : recorded(body);
        }
        if (reply.status() == 400) {
            return badRequest(reply, Json.text(Json.child(body, "error"), "code"));
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

    // The checkout

    /** For payments that Refport learns of from Stripe (section 3.4). */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        String clickId = attribution.requireClickId();
        return sales.carries(new CheckoutMetadata(
                Map.of("refportClickId", clickId, "refportExternalCustomerId", customerId), clickId));
    }
}
