package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Payment;
import io.reftrail.model.Sale;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refport: a click id in {@code refp_id}, kept in a cookie of that name for 90 days, reported as
 * leads and sales (docs/contracts/refport.md, sections 2 to 4).
 */
public final class RefportBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "refport";

    /** The documented API. */
    public static final String BASE_URL = "https://app.refport.co";

    /** The event name that the vendor's documentation and its own plugin use. */
    public static final String LEAD_EVENT_NAME = "Sign Up";

    private static final CaptureRule RULE = new CaptureRule(
            NAME, List.of("refp_id"), "refp_id", Duration.ofDays(90), Json.MAX_ID_LENGTH, CookieEncoding.PERCENT, true);

    private static final Set<String> PROCESSORS =
            Set.of("stripe", "shopify", "polar", "paddle", "revenuecat", "custom");

    private final ApiKey apiKey;
    private final BaseUrl baseUrl;
    private final String leadEventName;
    private final SalesReporting sales;
    private final @Nullable RateLimit rateLimit;

    RefportBackend(RefportBackendBuilder settings) {
        this.apiKey = settings.apiKey;
        this.baseUrl = settings.baseUrl;
        this.leadEventName = settings.leadEventName;
        this.sales = settings.sales;
        this.rateLimit = settings.rateLimit;
    }

    /**
     * Returns a backend without settings of its own.
     *
     * @param apiKey the account's key
     * @throws InvalidSettingException if the key cannot be one
     */
    public static RefportBackend of(String apiKey) {
        return builder(apiKey).build();
    }

    /**
     * Returns a builder.
     *
     * @param apiKey the account's key
     * @throws InvalidSettingException if the key cannot be one
     */
    public static RefportBackendBuilder builder(String apiKey) {
        return new RefportBackendBuilder(apiKey);
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

    @Override
    public Set<Event.Type> reports() {
        return sales.reports(Set.of(Event.Type.LEAD, Event.Type.SALE));
    }

    /**
     * Leads are deduplicated for 7 days, so that a later try could be counted twice. Sales are by their invoice, and no end
     * of that is documented (section 4).
     */
    @Override
    public Duration deliverWithin(Event event) {
        return event.type() == Event.Type.SALE
                ? RULE.window()
                : Duration.ofDays(7).minusHours(1);
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    @Override
    public HttpCall call(Event event) {
        return event instanceof Sale sale ? sale(sale) : lead((Lead) event);
    }

    /** A malformed address would fail the whole lead (section 3.1, {@code VALIDATION_ERROR}). */
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

    /** For payments that Refport learns of from Stripe (section 3.4). */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        String clickId = attribution.requireClickId();
        return sales.carries(new CheckoutMetadata(
                Map.of("refportClickId", clickId, "refportExternalCustomerId", customerId), clickId));
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return RefportReplies.outcome(reply);
    }
}
