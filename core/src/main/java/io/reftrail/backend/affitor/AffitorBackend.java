package io.reftrail.backend.affitor;

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
import io.reftrail.backend.internal.CodeVendorBuilder;
import io.reftrail.backend.internal.EmailAddress;
import io.reftrail.backend.internal.Json;
import io.reftrail.backend.internal.SettingText;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.PartnerCodes;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Affitor. A partner's code arrives in {@code aff}, is exchanged for a click id, and is kept in {@code affitor_click_id}. Leads,
 * sales and refunds are reported (docs/contracts/affitor.md, sections 2 to 4). Clicks are reported to the current generation of
 * the API. The lead of a visitor who has only a cookie of an older generation goes to the endpoint of that generation, because
 * the documentation does not say that its value is a current click id.
 */
public final class AffitorBackend implements TrackingBackend {

    /** The name of the backend. */
    public static final String NAME = "affitor";

    /** The documented API. */
    public static final String BASE_URL = "https://api.affitor.com";

    /** The event name of the documentation's example. */
    public static final String LEAD_EVENT_NAME = "Sign Up";

    /** How long a click is kept if the reply does not say, as in the vendor's own script (section 2). */
    private static final Duration WINDOW = Duration.ofDays(60);

    private static final int LONGEST_WINDOW_DAYS = 365;
    private static final Duration LONGEST_DELIVERY = Duration.ofDays(90);

    /** Stands for the id of a click that was reported as a test, which has none. Never sent. */
    private static final String TEST_CLICK = "reftrail-test-mode";

    /** The names that Affitor reads from the free fields (section 3.2); metadata must not use them. */
    private static final Set<String> RESERVED = Set.of("test_mode", "program_id", "event_name");

    /** The error of a repeated lead (section 4); the status code alone does not distinguish it from others. */
    private static final String ALREADY_A_LEAD = "cannot be updated to lead";

    private final ApiKey token;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;
    private final @Nullable String programId;
    private final SalesReporting sales;
    private final boolean captureRef;
    private final boolean testMode;
    private final String leadEventName;
    private final List<CaptureRule> rules;

    private AffitorBackend(Builder builder, BaseUrl baseUrl, @Nullable RateLimit rateLimit, PartnerCodes codes) {
        this.token = builder.token;
        this.baseUrl = baseUrl;
        this.rateLimit = rateLimit;
        this.programId = builder.programId;
        this.sales = builder.sales;
        this.captureRef = builder.captureRef;
        this.testMode = builder.testMode;
        this.leadEventName = builder.leadEventName;
        CaptureRule current = rule(captureRef ? List.of("aff", "ref") : List.of("aff"), "affitor_click_id")
                .meaning(Meaning.EXCHANGED_CODE)
                .accepting(codes)
                .keepingLandingIn("affitor_aff_url");
        this.rules = List.of(current, rule(List.of(), "affitor_customer"), rule(List.of(), "customer_code"));
    }

    /**
     * Returns a backend with the default settings.
     *
     * @param token the program's tracking token
     * @throws InvalidSettingException if the token cannot be used
     */
    public static AffitorBackend of(String token) {
        return builder(token).build();
    }

    /**
     * Returns a builder.
     *
     * @param token the program's tracking token
     * @throws InvalidSettingException if the token cannot be used
     */
    public static Builder builder(String token) {
        return new Builder(token);
    }

    // Settings

    /** The provider of the settings of Affitor. */
    public static final class Provider implements BackendProvider {

        @Override
        public List<String> backends() {
            return List.of(NAME);
        }

        @Override
        public BackendSettings<?> settings(String backend) {
            return BackendSettings.activatedBy(
                            NAME, "api-key", "Affitor's program tracking token", Builder::new, Builder::build)
                    .text("base-url", BASE_URL, SettingText.BASE_URL, Builder::baseUrl)
                    .id(
                            "program-id",
                            "The program's id; required for `sales=checkout` and in test mode",
                            Builder::programId)
                    .flag(
                            "capture-ref",
                            false,
                            "Whether `ref` is captured as a partner's code too, as in links of the older generation",
                            Builder::captureRef)
                    .flag(
                            "test-mode",
                            false,
                            "Whether clicks, leads and sales are reported as tests, which Affitor does not credit; refunds are"
                                    + " not sent",
                            Builder::testMode)
                    .text("lead-event-name", LEAD_EVENT_NAME, SettingText.LEAD_EVENT_NAME, Builder::leadEventName)
                    .choice("sales", SalesReporting.API, SettingText.SALES, Builder::sales)
                    .list("codes", List.of(), "nora", SettingText.CODES, Builder::codes)
                    .optionalText("code-pattern", "[a-z0-9-]{3,40}", SettingText.CODE_PATTERN, Builder::codePattern)
                    .number("calls-per-minute", 0, SettingText.CALLS_PER_MINUTE, Builder::callsPerMinute);
        }
    }

    /** A builder of {@link AffitorBackend}. Not thread-safe. */
    public static final class Builder extends CodeVendorBuilder<Builder> {

        private final ApiKey token;
        private @Nullable String programId;
        private SalesReporting sales = SalesReporting.API;
        private boolean captureRef;
        private boolean testMode;
        private String leadEventName = LEAD_EVENT_NAME;

        private Builder(String token) {
            super(NAME, BASE_URL, 0);
            this.token = new ApiKey(NAME, token);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Sets the program's id, which the test mode and a checkout's metadata need; {@code null} for none, the default.
         *
         * @throws InvalidSettingException if it is blank
         */
        public Builder programId(@Nullable String programId) {
            this.programId = programId == null
                    ? null
                    : SettingText.required(
                            "affitor.program-id",
                            programId,
                            "Copy the program's id from Affitor, or leave the setting out.");
            return this;
        }

        /**
         * Sets how Affitor learns of sales and refunds; from {@link SalesReporting#API the application} by default.
         * {@link SalesReporting#CHECKOUT} needs a {@linkplain #programId program id}.
         */
        public Builder sales(SalesReporting sales) {
            this.sales = sales;
            return this;
        }

        /** Sets whether {@code ref}, the parameter of older links, is captured too; {@code false} by default. */
        public Builder captureRef(boolean captureRef) {
            this.captureRef = captureRef;
            return this;
        }

        /**
         * Sets whether everything is reported as a test; {@code false} by default. Needs a {@linkplain #programId program id}.
         */
        public Builder testMode(boolean testMode) {
            this.testMode = testMode;
            return this;
        }

        /**
         * Sets the label of the sign-up event.
         *
         * @throws InvalidSettingException if it is blank
         */
        public Builder leadEventName(String leadEventName) {
            this.leadEventName = SettingText.required(
                    "affitor.lead-event-name",
                    leadEventName,
                    "Write a name, or leave it out for '" + LEAD_EVENT_NAME + "'.");
            return this;
        }

        /**
         * Returns the backend.
         *
         * @throws InvalidSettingException if the program's id is missing and needed
         */
        public AffitorBackend build() {
            if (testMode && programId == null) {
                throw new InvalidSettingException(
                        "affitor.program-id",
                        "the test mode needs the program's id",
                        "Copy the program's id from Affitor, or switch {prefix}affitor.test-mode off.",
                        "affitor.test-mode=false");
            }
            if (sales == SalesReporting.CHECKOUT && programId == null) {
                throw new InvalidSettingException(
                        "affitor.program-id",
                        "a checkout's metadata needs the program's id",
                        "Copy the program's id from Affitor, or set {prefix}affitor.sales to api.",
                        "affitor.sales=api");
            }
            return new AffitorBackend(this, baseUrl(), rateLimit(), partnerCodes());
        }
    }

    // Capture

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return rules;
    }

    private static CaptureRule rule(List<String> parameters, String cookie) {
        return new CaptureRule(NAME, parameters, cookie, WINDOW, Json.MAX_ID_LENGTH, CookieEncoding.RAW, true)
                .writtenAcrossHosts();
    }

    @Override
    public Set<Event.Type> reports() {
        return sales.reports(Set.of(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE, Event.Type.REFUND));
    }

    @Override
    public String leadEventName() {
        return leadEventName;
    }

    /**
     * For clicks and leads, the time for which the click counts according to the vendor. A sale finds its customer by the
     * customer's key, and repetitions are recognised by the transaction's id; no time limit for either is documented
     * (sections 3.4 and 4).
     */
    @Override
    public Duration deliveryTimeout(Event event) {
        if (event.type() == Event.Type.SALE || event.type() == Event.Type.REFUND) {
            return LONGEST_DELIVERY;
        }
        Duration window = event.attribution().window(WINDOW);
        return window.compareTo(LONGEST_DELIVERY) > 0 ? LONGEST_DELIVERY : window;
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    /** Returns whether the visitor has only a cookie of an older generation. */
    private static boolean isOlder(Attribution attribution) {
        return attribution.detail(Attribution.COOKIE) != null;
    }

    /** Returns the click id for the current generation, or {@code null} if there is none. */
    private static @Nullable String currentId(Attribution attribution) {
        return isOlder(attribution) || TEST_CLICK.equals(attribution.clickId()) ? null : attribution.clickId();
    }

    // Calls

    @Override
    public @Nullable Outcome outcomeWithoutCall(Event event) {
        return switch (event.type()) {
            case CLICK ->
                landing((Click) event) == null && !testMode
                        ? ignored("the landing's address is not known any more")
                        : null;
            case LEAD -> isLateTest(event) ? ignored("the click was made in test mode") : null;
            case SALE -> {
                if (isLateTest(event)) {
                    yield ignored("the click was made in test mode");
                }
                yield ((Sale) event).payment().amount().minorUnits() == 0 ? ignored("nothing was paid") : null;
            }
            case REFUND -> refundWithoutCall((Refund) event);
            case TRIAL, CANCELLATION -> ignored("no call is documented");
        };
    }

    /** The vendor takes a refund of zero for a refund of the whole sale (section 3.5). */
    private @Nullable Outcome refundWithoutCall(Refund refund) {
        if (isLateTest(refund)) {
            return ignored("the click was made in test mode");
        }
        if (testMode) {
            return ignored("no test mode is documented for refunds");
        }
        return refund.amount() != null && refund.amount().minorUnits() == 0 ? ignored("nothing was given back") : null;
    }

    private boolean isLateTest(Event event) {
        return TEST_CLICK.equals(event.attribution().clickId()) && !testMode;
    }

    private static Outcome ignored(String reason) {
        return Outcome.of(Verdict.IGNORED, reason);
    }

    /**
     * Returns the URL of the landing if it has the click's code, or {@code null}. The vendor's cookie may hold the URL of
     * another click, whose partner must not be credited with this one.
     */
    private @Nullable String landing(Click click) {
        String landing = click.landing();
        return landing != null && AffiliateAddress.carries(landing, click.code(), captureRef) ? landing : null;
    }

    @Override
    public HttpCall call(Event event) {
        return switch (event.type()) {
            case CLICK -> click((Click) event);
            case LEAD -> isOlder(event.attribution()) ? olderLead((Lead) event) : lead((Lead) event);
            case SALE -> sale((Sale) event);
            case REFUND -> refund((Refund) event);
            case TRIAL, CANCELLATION -> throw new IllegalArgumentException("no call is documented");
        };
    }

    /** Has no token: the endpoint requires none (section 3.1). */
    private HttpCall click(Click click) {
        ObjectNode body = Json.object();
        String landing = landing(click);
        if (landing != null) {
            body.put("affiliate_url", AffiliateAddress.of(landing, captureRef));
            body.put("page_url", AffiliateAddress.page(landing));
        }
        Json.putText(body, "referrer_url", click.referrer());
        Json.putText(body, "user_agent", click.userAgent());
        Json.putText(body, "existing_click_id", currentId(click.attribution()));
        Json.putObject(body, "additional_data", withTestMode(Json.object()));
        return baseUrl.post("/api/v1/track/click", Map.of(), body);
    }

    private HttpCall lead(Lead lead) {
        ObjectNode body = Json.object();
        Json.putText(body, "click_id", currentId(lead.attribution()));
        body.put("customer_key", lead.customer().id());
        Json.putText(body, "email", EmailAddress.valid(lead.customer().email()));
        ObjectNode additional = metadata(lead);
        additional.put("event_name", lead.eventName());
        body.set("additional_data", withTestMode(additional));
        return post("/api/v1/track/lead", body);
    }

    /** The older generation documents neither an event name nor a program id (section 3.3). */
    private HttpCall olderLead(Lead lead) {
        ObjectNode body = Json.object()
                .put("customer_code", lead.attribution().requireClickId())
                .put("user_id", lead.customer().id());
        Json.putText(body, "email", EmailAddress.valid(lead.customer().email()));
        ObjectNode additional = metadata(lead);
        if (testMode) {
            additional.put("test_mode", true);
        }
        Json.putObject(body, "additional_data", additional);
        return post("/api/tracking/lead", body);
    }

    private static ObjectNode metadata(Lead lead) {
        return Json.object(lead.metadata()).remove(RESERVED);
    }

    /**
     * The vendor looks the customer key up first; the current click id is sent as well, for a customer that it does not find by
     * the key. After a lead of the older generation there is only the key; whether the vendor finds it is not documented
     * (section 5). The amount is in the currency's minor units; for a currency without any, such as VND, the contract does not
     * say (section 3.4).
     */
    private HttpCall sale(Sale sale) {
        Payment payment = sale.payment();
        ObjectNode body =
                Json.object().put("transaction_id", payment.invoiceId()).put("customer_key", payment.customerId());
        Json.putText(body, "click_id", currentId(sale.attribution()));
        body.put("amount_cents", payment.amount().minorUnits());
        body.put("currency", payment.amount().currency().getCurrencyCode());
        putSubscription(body, payment);
        Json.putText(body, "product_id", payment.productId());
        if (testMode) {
            body.set("additional_data", Json.object().put("test_mode", true));
        }
        return post("/api/v1/track/sale", body);
    }

    /** Only a renewal is recurring; the first payment of a subscription is not (section 3.4). */
    private static void putSubscription(ObjectNode body, Payment payment) {
        if (payment.subscriptionId() == null) {
            body.put("sale_type", "payment");
            return;
        }
        body.put("sale_type", "subscription").put("is_recurring", payment.renewal());
        Json.putText(body, "subscription_id", payment.subscriptionId());
        Interval interval = payment.interval();
        if (interval != null) {
            body.put(
                    "subscription_interval",
                    switch (interval) {
                        case MONTH -> "monthly";
                        case QUARTER -> "quarterly";
                        case YEAR -> "annual";
                    });
        }
    }

    /** Without an amount, the whole sale is refunded (section 3.5). */
    private HttpCall refund(Refund refund) {
        ObjectNode body = Json.object().put("transaction_id", refund.invoiceId());
        if (refund.amount() != null) {
            body.put("refund_amount_cents", refund.amount().minorUnits());
        }
        Json.putText(body, "refund_reason", refund.reason());
        return post("/api/v1/track/refund", body);
    }

    private HttpCall post(String path, ObjectNode body) {
        return baseUrl.post(path, token.asBearer(), body);
    }

    /** Asks for the program's readiness (section 3.6). */
    @Override
    public HttpCall keyCheck() {
        return baseUrl.get("/api/v1/programs/me/readiness", token.asBearer());
    }

    private ObjectNode withTestMode(ObjectNode additional) {
        if (testMode) {
            additional.put("test_mode", true);
            Json.putText(additional, "program_id", programId);
        }
        return additional;
    }

    // Replies

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        return switch (event.type()) {
            case CLICK -> clickOutcome(event.attribution(), reply, body);
            case LEAD -> leadOutcome(isOlder(event.attribution()), reply, body);
            case SALE -> saleOutcome(reply, body);
            case REFUND, TRIAL, CANCELLATION -> refundOutcome(reply, body);
        };
    }

    /** A 200 may say that the partner's link is inactive (section 3.1). A test gets no click id that can be used. */
    private Outcome clickOutcome(Attribution attribution, HttpReply reply, @Nullable JsonNode body) {
        if (reply.status() != 200) {
            return otherwise(reply);
        }
        if (Json.isFalse(body, "success")) {
            return ignored("the partner's link is inactive");
        }
        String clickId = testMode ? TEST_CLICK : Json.id(body, "click_id");
        if (!Json.isTrue(body, "success") || clickId.isEmpty()) {
            return Outcome.of(Verdict.RETRY, "HTTP 200 without a click id");
        }
        return Outcome.recorded(exchanged(attribution, clickId, Json.child(body, "cookie_window_days")));
    }

    /** Returns the attribution to a click of the current generation, whatever the visitor's cookies held before. */
    private static Attribution exchanged(Attribution attribution, String clickId, @Nullable JsonNode days) {
        Map<String, String> details = new TreeMap<>(attribution.details());
        details.remove(Attribution.COOKIE);
        details.remove(Attribution.WINDOW);
        if (days != null && days.isIntegralNumber() && days.canConvertToInt()) {
            int count = days.intValue();
            if (count >= 1 && count <= LONGEST_WINDOW_DAYS) {
                details.put(Attribution.WINDOW, Duration.ofDays(count).toString());
            }
        }
        return new Attribution(
                attribution.backend(), clickId, attribution.clickedAt(), attribution.clickKey(), details);
    }

    /** The older endpoint answers 403 and 404 where the current one answers 400 (section 3.3). */
    private static Outcome leadOutcome(boolean older, HttpReply reply, @Nullable JsonNode body) {
        String error = Json.text(body, "error");
        return switch (reply.status()) {
            case 200 -> {
                if (!Json.isTrue(body, "success")) {
                    yield otherwise(reply);
                }
                yield Json.isTrue(body, "provisional")
                        ? Outcome.of(Verdict.RECORDED, "provisional: the first verified payment settles it")
                        : Outcome.recorded();
            }
            case 400 ->
                error.toLowerCase(Locale.ROOT).contains(ALREADY_A_LEAD)
                        ? Outcome.of(Verdict.DUPLICATE, "the customer is a lead already, or more")
                        : otherwise(reply);
            case 403 -> older && !error.isEmpty() ? rejected("the program is not active") : otherwise(reply);
            case 404 -> older && !error.isEmpty() ? rejected("the customer is unknown") : otherwise(reply);
            default -> otherwise(reply);
        };
    }

    /** A sale after the attribution window is answered in one of two ways, both 200 (section 3.4). */
    private static Outcome saleOutcome(HttpReply reply, @Nullable JsonNode body) {
        if (reply.status() == 409 && body != null && body.isObject()) {
            return Outcome.of(
                    Verdict.DUPLICATE, "the transaction id is recorded; after an HTTP 500, look for its commission");
        }
        if (reply.status() != 200) {
            return otherwise(reply);
        }
        if (Json.isFalse(body, "attributed")) {
            return ignored("not attributed: the attribution window is over");
        }
        if (!Json.isTrue(body, "success")) {
            return otherwise(reply);
        }
        return Json.isNull(body, "commission_id")
                ? ignored("recorded without a commission: the attribution window is over")
                : Outcome.recorded();
    }

    /** A second refund of a sale may be skipped as a repetition of the first: refunds have no id of their own (section 3.5). */
    private static Outcome refundOutcome(HttpReply reply, @Nullable JsonNode body) {
        if (reply.status() == 404 && !Json.text(body, "error").isEmpty()) {
            return rejected("the sale is unknown");
        }
        if (reply.status() != 200 || !Json.isTrue(body, "success")) {
            return otherwise(reply);
        }
        return switch (Json.text(body, "status")) {
            case "reversed", "refunded" -> Outcome.recorded();
            case "skipped" -> Outcome.of(Verdict.DUPLICATE, "skipped: Affitor takes it for a repetition");
            case "no_commission" -> ignored("the sale has no commission");
            default -> otherwise(reply);
        };
    }

    private static Outcome rejected(String reason) {
        return Outcome.of(Verdict.REJECTED, reason);
    }

    private static Outcome otherwise(HttpReply reply) {
        return reply.status() / 100 == 2
                ? Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without a known answer")
                : StatusCodes.outcome(reply);
    }

    // The checkout

    /** The vendor requires the program id beside the ids (section 3.7). */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        String clickId = currentId(attribution);
        if (programId == null || (clickId == null && !isOlder(attribution))) {
            return CheckoutMetadata.NONE;
        }
        return sales.carries(new CheckoutMetadata(
                Map.of(
                        clickId == null ? "customer_code" : "affitor_click_id",
                        attribution.requireClickId(),
                        clickId == null ? "user_id" : "affitor_customer_key",
                        customerId,
                        "program_id",
                        programId),
                null));
    }
}
