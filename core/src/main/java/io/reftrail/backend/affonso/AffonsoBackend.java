package io.reftrail.backend.affonso;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.RateLimit;
import io.reftrail.backend.RetryAfter;
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
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Affonso. A partner's tracking id arrives in one of five parameters, is exchanged for a click id, and is kept in the cookie
 * {@code affonso_referral}. Sign-ups, conversions and refunds are reported (docs/contracts/affonso.md, sections 2 to 4).
 */
public final class AffonsoBackend implements TrackingBackend {

    /** The name of the backend. */
    public static final String NAME = "affonso";

    /** The documented API. */
    public static final String BASE_URL = "https://api.affonso.io";

    /** The parameters that Affonso documents, its default first; it offers no others (section 2). */
    public static final List<String> PARAMETERS = List.of("atp", "via", "affonso", "aff", "ref");

    /**
     * The lifetime of a click. The vendor documents no default; its examples are 30 and 180 days, and this is the shorter one
     * (section 2).
     */
    public static final Duration COOKIE_DURATION = Duration.ofDays(30);

    /**
     * The limit of the smallest plan. Its second limit, 10 calls per second, is not applied, because a backend has one limit; an
     * answer of 429 pauses the queue, and no event is lost (section 3.7).
     */
    public static final int CALLS_PER_MINUTE = 300;

    /** No expiry of clicks is documented, and repetitions are recognised by their ids. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofDays(90);

    /** Parameters of the landing that a click is reported with (section 3.1). */
    private static final List<String> FORWARDED = List.of(
            "sub1",
            "sub2",
            "sub3",
            "sub4",
            "sub5",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "gclid",
            "fbclid",
            "msclkid",
            "ttclid");

    /** The attribution's detail with the vendor's id of a sale; a refund is reported under it (section 3.5). */
    static final String CONVERSION = "conversion";

    private static final int MAX_TRACKING_ID = 100;
    private static final int MAX_TEXT = 255;
    private static final int MAX_REFERRER = 2000;
    private static final int MAX_IP = 45;
    private static final int MAX_USER_AGENT = 1000;

    /** A conversion id that would change the path of the refund's URL. */
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}");

    /** The error codes that are about the key (section 3.7). */
    private static final Set<String> KEY_CODES = Set.of(
            "MISSING_API_KEY",
            "INVALID_API_KEY_FORMAT",
            "INVALID_API_KEY",
            "API_KEY_DISABLED",
            "API_KEY_EXPIRED",
            "INSUFFICIENT_PERMISSIONS",
            "UNAUTHORIZED",
            "FORBIDDEN");

    /** Times as the vendor's own client writes them, with three digits of milliseconds (section 3.5). */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final ApiKey apiKey;
    private final String programId;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;
    private final CaptureRule rule;
    private final boolean sendIpAddress;
    private final boolean sendUserAgent;
    private final SalesReporting sales;
    private final boolean trials;

    private AffonsoBackend(Builder builder, BaseUrl baseUrl, @Nullable RateLimit rateLimit, PartnerCodes codes) {
        this.apiKey = builder.apiKey;
        this.programId = builder.programId;
        this.baseUrl = baseUrl;
        this.rateLimit = rateLimit;
        this.rule = new CaptureRule(
                        NAME,
                        builder.parameters,
                        "affonso_referral",
                        builder.cookieDuration,
                        Json.MAX_ID_LENGTH,
                        CookieEncoding.RAW,
                        true)
                .meaning(Meaning.EXCHANGED_CODE)
                .forwarding(FORWARDED)
                .accepting(codes)
                .writtenAcrossHosts();
        this.sendIpAddress = builder.sendIpAddress;
        this.sendUserAgent = builder.sendUserAgent;
        this.sales = builder.sales;
        this.trials = builder.trials;
    }

    /**
     * Returns a backend with the default settings.
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
    public static Builder builder(String apiKey, String programId) {
        return new Builder(apiKey).programId(programId);
    }

    // Settings

    /** The provider of the settings of Affonso. */
    public static final class Provider implements BackendProvider {

        @Override
        public List<String> backends() {
            return List.of(NAME);
        }

        @Override
        public BackendSettings<?> settings(String backend) {
            return BackendSettings.activatedBy(NAME, "api-key", "Affonso's secret key", Builder::new, Builder::build)
                    .id(
                            "program-id",
                            "The program's id; required, because clicks are reported for it",
                            Builder::programId)
                    .text("base-url", BASE_URL, SettingText.BASE_URL, Builder::baseUrl)
                    .list(
                            "parameters",
                            PARAMETERS,
                            null,
                            "Which of Affonso's parameters are captured; leave out those that the program has switched off"
                                    + " and those that another system of yours uses",
                            Builder::parameters)
                    .duration(
                            "cookie-duration",
                            COOKIE_DURATION,
                            "How long a click is kept; Affonso documents no default, so write what your program promises",
                            Builder::cookieDuration)
                    .flag(
                            "send-ip-address",
                            true,
                            "Whether a click is reported with the visitor's IP address",
                            Builder::sendIpAddress)
                    .flag(
                            "send-user-agent",
                            true,
                            "Whether a click is reported with the visitor's user agent",
                            Builder::sendUserAgent)
                    .choice("sales", SalesReporting.API, SettingText.SALES, Builder::sales)
                    .flag(
                            "trials",
                            true,
                            "Whether the beginning of a trial is reported, where sales are reported from here",
                            Builder::trials)
                    .list("codes", List.of(), "nora", SettingText.CODES, Builder::codes)
                    .optionalText("code-pattern", "[a-z0-9-]{3,40}", SettingText.CODE_PATTERN, Builder::codePattern)
                    .number(
                            "calls-per-minute",
                            CALLS_PER_MINUTE,
                            SettingText.CALLS_PER_MINUTE + ". 300 is the limit of the smallest plan",
                            Builder::callsPerMinute);
        }
    }

    /** A builder of {@link AffonsoBackend}. Not thread-safe. */
    public static final class Builder extends CodeVendorBuilder<Builder> {

        private final ApiKey apiKey;
        private String programId = "";
        private List<String> parameters = PARAMETERS;
        private Duration cookieDuration = COOKIE_DURATION;
        private boolean sendIpAddress = true;
        private boolean sendUserAgent = true;
        private SalesReporting sales = SalesReporting.API;
        private boolean trials = true;

        private Builder(String apiKey) {
            super(NAME, BASE_URL, CALLS_PER_MINUTE);
            this.apiKey = new ApiKey(NAME, apiKey);
        }

        @Override
        protected Builder self() {
            return this;
        }

        private Builder programId(String programId) {
            this.programId = SettingText.required(
                    "affonso.program-id",
                    programId,
                    "Copy the program's id from Affonso: clicks are refused without it.");
            return this;
        }

        /**
         * Sets which of Affonso's parameters are captured, the preferred one first; all by default.
         *
         * @throws InvalidSettingException if the list is empty or has one that Affonso does not document
         */
        public Builder parameters(List<String> parameters) {
            if (parameters.isEmpty() || !PARAMETERS.containsAll(parameters)) {
                throw new InvalidSettingException(
                        "affonso.parameters",
                        parameters.isEmpty()
                                ? "no click could arrive"
                                : parameters + " has one that Affonso does not know",
                        "Write one or more of " + PARAMETERS + ", or leave it out for all of them.");
            }
            this.parameters = List.copyOf(parameters);
            return this;
        }

        /**
         * Sets how long a click is kept, which is the cookie lifetime of the program.
         *
         * @throws InvalidSettingException if it is not positive
         */
        public Builder cookieDuration(Duration duration) {
            if (duration.isZero() || duration.isNegative()) {
                throw new InvalidSettingException(
                        "affonso.cookie-duration",
                        "a click cannot be kept for " + duration,
                        "Write the lifetime that your program has, for example '30d'.");
            }
            this.cookieDuration = duration;
            return this;
        }

        /** Sets whether a click is reported with the visitor's IP address, which fraud checks use; {@code true} by default. */
        public Builder sendIpAddress(boolean send) {
            this.sendIpAddress = send;
            return this;
        }

        /** Sets whether a click is reported with the visitor's user agent; {@code true} by default. */
        public Builder sendUserAgent(boolean send) {
            this.sendUserAgent = send;
            return this;
        }

        /**
         * Sets how Affonso learns of sales and refunds; from {@link SalesReporting#API the application} by default. Choose
         * {@link SalesReporting#CHECKOUT} if a payment provider is connected to Affonso, because it would count the payments
         * twice otherwise.
         */
        public Builder sales(SalesReporting sales) {
            this.sales = sales;
            return this;
        }

        /** Sets whether the beginning of a trial is reported, where Reftrail reports sales; {@code true} by default. */
        public Builder trials(boolean report) {
            this.trials = report;
            return this;
        }

        /**
         * Returns the backend.
         *
         * @throws InvalidSettingException if the program's id is missing
         */
        public AffonsoBackend build() {
            programId(programId);
            return new AffonsoBackend(this, baseUrl(), rateLimit(), partnerCodes());
        }
    }

    // Capture

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(rule);
    }

    @Override
    public Set<Event.Type> reports() {
        Set<Event.Type> documented = EnumSet.of(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE, Event.Type.REFUND);
        if (trials) {
            documented.add(Event.Type.TRIAL);
        }
        return sales.reports(documented);
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return DELIVERY_TIMEOUT;
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    /** The vendor has optional fields for IP address and user agent (section 3.1); each can be switched off. */
    @Override
    public Click redact(Click click) {
        Click known = sendIpAddress ? click : click.withoutIpAddress();
        return sendUserAgent ? known : known.withoutUserAgent();
    }

    // Calls: clicks are written in camelCase and everything else in snake_case. A value that is longer than the
    // documented maximum is left out, because a part of it would mean something else.

    @Override
    public @Nullable Outcome outcomeWithoutCall(Event event) {
        if (event instanceof Click click && click.code().length() > MAX_TRACKING_ID) {
            return Outcome.of(Verdict.REJECTED, "no tracking id is longer than " + MAX_TRACKING_ID + " characters");
        }
        if (event instanceof Sale sale && isZero(sale.payment().amount())) {
            return Outcome.of(Verdict.IGNORED, "nothing was paid");
        }
        if (event instanceof Refund refund && refund.attribution().detail(CONVERSION) == null) {
            return Outcome.of(Verdict.IGNORED, "the sale's id at Affonso is not known, so that it cannot be refunded");
        }
        return event instanceof Refund refund && isZero(refund.amount())
                ? Outcome.of(Verdict.IGNORED, "nothing was given back")
                : null;
    }

    private static boolean isZero(@Nullable Money money) {
        return money != null && money.amount().signum() == 0;
    }

    @Override
    public HttpCall call(Event event) {
        return switch (event.type()) {
            case CLICK -> click((Click) event);
            case LEAD -> signUp((Lead) event);
            case SALE -> conversion((Sale) event);
            case REFUND -> refund((Refund) event);
            case TRIAL -> trial((SubscriptionChange) event);
            case CANCELLATION -> throw new IllegalArgumentException("no call is documented for a cancellation");
        };
    }

    private HttpCall click(Click click) {
        ObjectNode body = Json.object().put("programId", programId).put("trackingId", click.code());
        Json.putText(body, "referrer", click.referrer(), MAX_REFERRER);
        Json.putText(body, "ip", sendIpAddress ? click.ipAddress() : null, MAX_IP);
        Json.putText(body, "userAgent", sendUserAgent ? click.userAgent() : null, MAX_USER_AGENT);
        for (String parameter : FORWARDED) {
            Json.putText(body, field(parameter), click.parameters().get(parameter), MAX_TEXT);
        }
        return post("/v1/clicks", body);
    }

    /** Returns {@code utmSource} for {@code utm_source}. */
    private static String field(String parameter) {
        return parameter.startsWith("utm_")
                ? "utm" + Character.toUpperCase(parameter.charAt(4)) + parameter.substring(5)
                : parameter;
    }

    /** Always sends the user id, because a program may have switched e-mail tracking off (section 4). */
    private HttpCall signUp(Lead lead) {
        ObjectNode body = Json.object().put("click_id", lead.attribution().requireClickId());
        Json.putText(body, "email", EmailAddress.valid(lead.customer().email()));
        body.put("external_user_id", lead.customer().id());
        Json.putText(body, "name", lead.customer().name(), MAX_TEXT);
        return post("/v1/signups", body);
    }

    /**
     * Sends only the click id of the four ids that the vendor accepts: all given ids must lead to one referral, and the click id
     * is the one that the vendor has issued (section 3.4).
     */
    private HttpCall conversion(Sale sale) {
        Payment payment = sale.payment();
        ObjectNode body = Json.object().put("click_id", sale.attribution().requireClickId());
        body.put("sale_amount", payment.amount().amount());
        body.put("sale_amount_currency", currency(payment.amount()));
        body.put("external_event_id", payment.invoiceId()).put("sales_status", "complete");
        if (payment.subscriptionId() != null) {
            body.put("is_subscription", true);
        }
        if (payment.interval() == Interval.MONTH) {
            body.put("interval", "monthly");
        } else if (payment.interval() == Interval.YEAR) {
            body.put("interval", "yearly");
        }
        if (payment.productId() != null && !payment.productId().isBlank()) {
            body.putArray("product_ids").add(payment.productId());
        }
        Json.putObject(body, "metadata", Json.object(payment.metadata()));
        return post("/v1/conversions", body);
    }

    /** Without an amount, the rest of the sale is refunded (section 3.5). */
    private HttpCall refund(Refund refund) {
        ObjectNode body = Json.object();
        if (refund.amount() != null) {
            body.put("amount", refund.amount().amount());
            body.put("currency", currency(refund.amount()));
        }
        Json.putText(body, "reason", refund.reason());
        body.put("external_event_id", refund.refundId());
        body.put("refunded_at", TIME.format(refund.occurredAt()));
        String conversion = Objects.requireNonNull(refund.attribution().detail(CONVERSION));
        String segment = URLEncoder.encode(conversion, StandardCharsets.UTF_8).replace("+", "%20");
        return post("/v1/conversions/" + segment + "/refund", body);
    }

    /** Finds the customer by the id that the sign-up has; the pages disagree about the click id (section 3.6). */
    private HttpCall trial(SubscriptionChange change) {
        ObjectNode body = Json.object().put("event_name", "trial_started").put("event_type", "trial");
        body.put("external_user_id", change.customerId()).put("external_event_id", change.subscriptionId());
        body.put("occurred_at", TIME.format(change.occurredAt())).put("is_subscription", true);
        return post("/v1/events", body);
    }

    private static String currency(Money money) {
        return money.currency().getCurrencyCode();
    }

    private HttpCall post(String path, ObjectNode body) {
        return baseUrl.post(path, apiKey.asBearer(), body);
    }

    /** Reads the program's settings (section 2). */
    @Override
    public HttpCall keyCheck() {
        return baseUrl.get("/v1/program/tracking", apiKey.asBearer());
    }

    // Replies: every answer has an envelope, and an HTTP success with "success": false is a failure, as in the vendor's
    // own client (section 3.7).

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() / 100 != 2 || Json.isFalse(body, "success")) {
            return error(event, reply, body);
        }
        if (!Json.isTrue(body, "success")) {
            return Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without a known answer");
        }
        JsonNode data = Json.child(body, "data");
        return switch (event.type()) {
            case CLICK -> clickOutcome(event, Json.id(data, "id"));
            case LEAD -> signUpOutcome(reply.status(), data);
            case SALE -> conversionOutcome(event, Json.id(data, "id"));
            case REFUND, TRIAL, CANCELLATION -> Outcome.recorded();
        };
    }

    private static Outcome clickOutcome(Event event, String clickId) {
        return clickId.isEmpty()
                ? Outcome.of(Verdict.RETRY, "a success without a click id")
                : Outcome.recorded(event.attribution().withClickId(clickId));
    }

    /** Fraud checks block with a 201; a 200 holds the referral of an earlier call, as it is now (section 3.2). */
    private static Outcome signUpOutcome(int status, @Nullable JsonNode data) {
        if (data == null || !data.isObject()) {
            return Outcome.of(Verdict.RETRY, "HTTP " + status + " without a referral");
        }
        if (Json.text(data, "status").equals("rejected")) {
            return Outcome.of(Verdict.REJECTED, "blocked by Affonso's fraud checks");
        }
        return switch (status) {
            case 200 -> Outcome.of(Verdict.DUPLICATE, "this click was converted before");
            case 201 -> Outcome.recorded();
            default -> Outcome.of(Verdict.RETRY, "HTTP " + status + " says neither new nor known");
        };
    }

    /** A repeated invoice returns the earlier conversion, so the answer is the same (section 3.4). */
    private static Outcome conversionOutcome(Event event, String id) {
        return id.isEmpty() || DOTS.matcher(id).matches()
                ? Outcome.of(Verdict.RECORDED, "recorded without a conversion: a refund cannot be reported")
                : Outcome.recorded(event.attribution().with(CONVERSION, id));
    }

    // Errors (section 3.7): a known code decides, except for the statuses that are about the key or the rate limit.

    private static Outcome error(Event event, HttpReply reply, @Nullable JsonNode body) {
        JsonNode error = Json.child(body, "error");
        String code = Json.text(error, "code");
        return switch (reply.status()) {
            case 401 -> refusedKey(KEY_CODES.contains(code) ? code : "HTTP 401");
            case 403 -> forbidden(event, code);
            case 429 -> rateLimited(reply, error);
            // A redirect or an informational status decides nothing, whatever its body says.
            default ->
                reply.status() / 100 == 2 || reply.status() / 100 == 4
                        ? byCode(event, reply, body, code)
                        : StatusCodes.outcome(reply);
        };
    }

    /** A click's code may come from any link, so a forbidden one must not pause the queue. */
    private static Outcome forbidden(Event event, String code) {
        return event.type() == Event.Type.CLICK && code.equals("FORBIDDEN")
                ? Outcome.of(Verdict.REJECTED, "FORBIDDEN: this tracking id may not be the program's")
                : refusedKey(KEY_CODES.contains(code) ? code : "HTTP 403");
    }

    private static Outcome byCode(Event event, HttpReply reply, @Nullable JsonNode body, String code) {
        if (KEY_CODES.contains(code)) {
            return refusedKey(code);
        }
        return switch (code) {
            case "VALIDATION_ERROR", "NOT_FOUND" -> Outcome.of(Verdict.REJECTED, code);
            // Without the id that it duplicates, a click does not help the lead that waits for it.
            case "DUPLICATE_ERROR" ->
                Outcome.of(
                        event.type() == Event.Type.CLICK ? Verdict.REJECTED : Verdict.DUPLICATE,
                        "DUPLICATE_ERROR: Affonso has it already");
            case "RATE_LIMIT_EXCEEDED" -> rateLimited(reply, Json.child(body, "error"));
            default -> byStatus(reply, body);
        };
    }

    /** A body without the envelope that every answer has (section 3) does not come from Affonso. */
    private static Outcome byStatus(HttpReply reply, @Nullable JsonNode body) {
        if (reply.status() == 404 && Json.isFalse(body, "success")) {
            return Outcome.of(Verdict.REJECTED, "HTTP 404: unknown to Affonso");
        }
        Outcome outcome = StatusCodes.outcome(reply);
        boolean refusedByOthers = outcome.verdict() == Verdict.REJECTED && !Json.isFalse(body, "success");
        return reply.status() / 100 == 2 || refusedByOthers
                ? Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without an error that is known")
                : outcome;
    }

    /** The wait is in the header, or else in the body. */
    private static Outcome rateLimited(HttpReply reply, @Nullable JsonNode error) {
        JsonNode seconds = Json.child(error, "retryAfter");
        HttpReply asked = reply.retryAfter() != null || seconds == null || !seconds.isIntegralNumber()
                ? reply
                : new HttpReply(reply.status(), seconds.asString(), reply.body(), reply.receivedAt());
        return Outcome.pause(RetryAfter.read(asked, StatusCodes.PAUSE), "the key's rate limit");
    }

    private static Outcome refusedKey(String why) {
        return Outcome.credentials(StatusCodes.CREDENTIALS_PAUSE, why + ": check the API key and its permissions");
    }

    // The checkout

    /** The key for the metadata of Stripe, Polar and Dodo and for Paddle's custom data; Stripe's payment links use the reference. */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        String clickId = attribution.requireClickId();
        return sales.carries(new CheckoutMetadata(Map.of("affonso_referral", clickId), clickId));
    }
}
