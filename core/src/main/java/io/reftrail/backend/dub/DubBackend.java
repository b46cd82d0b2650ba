package io.reftrail.backend.dub;

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
import io.reftrail.backend.internal.PaymentProcessor;
import io.reftrail.backend.internal.PictureAddress;
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
import io.reftrail.model.Sale;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dub. A click id arrives in {@code dub_id} and is kept in a cookie of that name for 90 days. Leads and sales are reported
 * (docs/contracts/dub.md, sections 2 to 4). If a short domain is configured, the key of a link in {@code via} is exchanged for a
 * click id. That call is made for browsers, and is less exact from a server: if several visitors have the same user agent and
 * their clicks come from the same server within an hour, Dub takes them for one visitor (section 3.2). Dub's own script does not
 * have this problem. No tracking call for refunds is documented (section 3.4), so refunds are not sent.
 */
public final class DubBackend implements TrackingBackend {

    /** The name of the backend. */
    public static final String NAME = "dub";

    /** The documented API. */
    public static final String BASE_URL = "https://api.dub.co";

    /** The event name of the documentation's samples; a sale refers to it letter by letter (section 4). */
    public static final String LEAD_EVENT_NAME = "Sign Up";

    /** The limit of the smallest paid plan (section 3.5). */
    public static final int CALLS_PER_MINUTE = 600;

    /** The mode in which Dub processes a lead (section 4). */
    public enum LeadMode {
        /** Dub answers before it writes the event; its own default. */
        ASYNC,
        /** A sale that follows at once finds the lead. */
        WAIT,
        /** Dub only ties the customer to the link; it credits the lead when the application confirms it. */
        DEFERRED
    }

    /**
     * Words in user agents that Dub takes for a robot's, in lower case: the service's own list, without words that contain
     * another word of the list (section 3.2).
     */
    private static final List<String> ROBOTS = List.of(
            "anthropic-ai",
            "axios",
            "baidu",
            "bing",
            "bluesky",
            "bot",
            "brokenlinkcheck",
            "catchpoint",
            "chatgpt",
            "claude-web",
            "cognitiveseo",
            "crawler",
            "cron-job",
            "curl",
            "dareboost",
            "embedly",
            "expanse",
            "facebookcatalog",
            "facebookexternalhit",
            "feedburner",
            "fetch",
            "gomez",
            "gtmetrix",
            "guzzle",
            "headlesschrome",
            "heritrix",
            "hosttracker",
            "http",
            "hyperping",
            "ia_archiver",
            "iframely",
            "insomnia",
            "internetmeasurement",
            "linkchecker",
            "linkdex",
            "mediapartners-google",
            "meta-externalads",
            "meta-externalagent",
            "meta-webindexer",
            "metainspector",
            "monitis",
            "monsido",
            "msn",
            "neustar",
            "newman",
            "node",
            "nutch",
            "omigili",
            "opensiteexplorer",
            "perplexity",
            "pingdom",
            "postman",
            "powermapper",
            "python",
            "qwantify",
            "ruby",
            "scraper",
            "scrapy",
            "scrutiny",
            "searchmetrics",
            "seobility",
            "seokicks",
            "seositecheckup",
            "serpstat",
            "shortlinktranslate",
            "sistrix",
            "site24x7",
            "siteimprove",
            "skypeuripreview",
            "slurp",
            "sogou",
            "speedcurve",
            "spider",
            "spyfu",
            "statuscake",
            "teoma",
            "thirdlandingpagefeinfra",
            "timpi",
            "tumblr",
            "upptime",
            "vkshare",
            "wayback",
            "webpagetest",
            "wget",
            "whatsapp",
            "woorank",
            "xenu",
            "yandex",
            "yellowlab");

    private static final CaptureRule RULE = new CaptureRule(
                    NAME,
                    List.of("dub_id"),
                    "dub_id",
                    Duration.ofDays(90),
                    Json.MAX_ID_LENGTH,
                    CookieEncoding.RAW,
                    true)
            .writtenAcrossHosts()
            .notRecording(ROBOTS);

    /** The parameter that carries the key of a link without being configured (section 2). */
    private static final String LINK_KEY = "via";

    /** The limit of the customer's id, name and address (section 3.1). */
    private static final int MAX_TEXT = 100;

    private static final int MAX_EVENT_NAME = 255;
    private static final int MAX_METADATA = 10_000;

    private static final Set<String> PROCESSORS =
            Set.of("stripe", "shopify", "polar", "paddle", "apple", "revenuecat", "lemonsqueezy", "dub", "custom");

    /** The currencies that Dub counts without decimals; it counts every other one in hundredths (section 3.3). */
    private static final Set<String> ZERO_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF");

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private final ApiKey apiKey;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;
    private final @Nullable String domain;
    private final LeadMode leadMode;
    private final String leadEventName;
    private final SalesReporting sales;
    private final List<CaptureRule> rules;

    private DubBackend(Builder builder, BaseUrl baseUrl, @Nullable RateLimit rateLimit, PartnerCodes codes) {
        this.apiKey = builder.apiKey;
        this.baseUrl = baseUrl;
        this.rateLimit = rateLimit;
        this.domain = builder.domain;
        this.leadMode = builder.leadMode;
        this.leadEventName = builder.leadEventName;
        this.sales = builder.sales;
        this.rules = domain == null
                ? List.of(RULE)
                : List.of(RULE, exchanging(builder.parameters).accepting(codes));
    }

    /** The configured parameters precede {@code via} (section 2). */
    private static CaptureRule exchanging(List<String> parameters) {
        Set<String> keys = new LinkedHashSet<>(parameters);
        keys.add(LINK_KEY);
        CaptureRule rule = new CaptureRule(
                NAME,
                List.copyOf(keys),
                RULE.cookie(),
                RULE.window(),
                RULE.maxLength(),
                RULE.encoding(),
                RULE.scriptReadable());
        return rule.meaning(Meaning.EXCHANGED_CODE).writtenAcrossHosts().notRecording(ROBOTS);
    }

    /**
     * Returns a backend with the default settings.
     *
     * @param apiKey the workspace's key
     * @throws InvalidSettingException if the key cannot be used
     */
    public static DubBackend of(String apiKey) {
        return builder(apiKey).build();
    }

    /**
     * Returns a builder.
     *
     * @param apiKey the workspace's key
     * @throws InvalidSettingException if the key cannot be used
     */
    public static Builder builder(String apiKey) {
        return new Builder(apiKey);
    }

    // Settings

    /** The provider of the settings of Dub. */
    public static final class Provider implements BackendProvider {

        @Override
        public List<String> backends() {
            return List.of(NAME);
        }

        @Override
        public BackendSettings<?> settings(String backend) {
            return BackendSettings.activatedBy(NAME, "api-key", "Dub's workspace key", Builder::new, Builder::build)
                    .text("base-url", BASE_URL, SettingText.BASE_URL, Builder::baseUrl)
                    .optionalText(
                            "domain",
                            "go.example.com",
                            "The short domain of the program's links: with it, `?via=` is exchanged for a click id",
                            Builder::domain)
                    .list(
                            "parameters",
                            List.of(),
                            "ref",
                            "Further parameters that carry the key of a link; they precede `via` and require the domain",
                            Builder::parameters)
                    .choice(
                            "lead-mode",
                            LeadMode.ASYNC,
                            "How Dub processes a lead: `async`, `wait` (a sale that follows at once finds the lead) or"
                                    + " `deferred` (your application confirms the lead)",
                            Builder::leadMode)
                    .text("lead-event-name", LEAD_EVENT_NAME, SettingText.LEAD_EVENT_NAME, Builder::leadEventName)
                    .choice("sales", SalesReporting.API, SettingText.SALES, Builder::sales)
                    .list("codes", List.of(), "nora", SettingText.CODES, Builder::codes)
                    .optionalText("code-pattern", "[a-z0-9-]{3,40}", SettingText.CODE_PATTERN, Builder::codePattern)
                    .number(
                            "calls-per-minute",
                            CALLS_PER_MINUTE,
                            SettingText.CALLS_PER_MINUTE + ". 600 is the limit of the Pro plan",
                            Builder::callsPerMinute);
        }
    }

    /** A builder of {@link DubBackend}. Not thread-safe. */
    public static final class Builder extends CodeVendorBuilder<Builder> {

        private final ApiKey apiKey;
        private @Nullable String domain;
        private List<String> parameters = List.of();
        private LeadMode leadMode = LeadMode.ASYNC;
        private String leadEventName = LEAD_EVENT_NAME;
        private SalesReporting sales = SalesReporting.API;

        private Builder(String apiKey) {
            super(NAME, BASE_URL, CALLS_PER_MINUTE);
            this.apiKey = new ApiKey(NAME, apiKey);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Sets the short domain of the program's links, with which the keys of links are exchanged for click ids; {@code null}
         * for none, the default.
         *
         * @throws InvalidSettingException if it is not a host name
         */
        public Builder domain(@Nullable String domain) {
            if (domain != null && !HOST.matcher(domain).matches()) {
                throw new InvalidSettingException(
                        "dub.domain",
                        "the value is not the name of a host",
                        "Write the short domain of your links, for example 'go.example.com', without 'https://'.");
            }
            this.domain = domain;
            return this;
        }

        /**
         * Sets further parameters that carry the key of a link, for example {@code ref}; they precede {@code via}. They have no
         * effect without a {@linkplain #domain domain}.
         *
         * @throws InvalidSettingException if one cannot be a parameter, or is {@code dub_id}
         */
        public Builder parameters(List<String> parameters) {
            for (String parameter : parameters) {
                if (!PARAMETER.matcher(parameter).matches() || parameter.equals("dub_id")) {
                    throw new InvalidSettingException(
                            "dub.parameters",
                            "'" + parameter + "' cannot carry the key of a link",
                            "Write the names of query parameters, for example 'ref'; 'dub_id' is the click id's.");
                }
            }
            this.parameters = List.copyOf(parameters);
            return this;
        }

        /** Sets how Dub processes leads; {@link LeadMode#ASYNC} by default. */
        public Builder leadMode(LeadMode leadMode) {
            this.leadMode = leadMode;
            return this;
        }

        /**
         * Sets the label of the sign-up event, which is part of Dub's deduplication key.
         *
         * @throws InvalidSettingException if it is blank or longer than Dub accepts
         */
        public Builder leadEventName(String leadEventName) {
            String action = "Write a name of at most " + MAX_EVENT_NAME + " characters, or leave it out for '"
                    + LEAD_EVENT_NAME + "'.";
            this.leadEventName = SettingText.required("dub.lead-event-name", leadEventName, action);
            if (leadEventName.length() > MAX_EVENT_NAME) {
                throw new InvalidSettingException("dub.lead-event-name", "the name is too long for Dub", action);
            }
            return this;
        }

        /**
         * Sets how Dub learns of sales; from {@link SalesReporting#API the application} by default. Choose
         * {@link SalesReporting#CHECKOUT} if Stripe is connected to Dub, because it would count the payments twice otherwise.
         */
        public Builder sales(SalesReporting sales) {
            this.sales = sales;
            return this;
        }

        /** Returns the backend. */
        public DubBackend build() {
            return new DubBackend(this, baseUrl(), rateLimit(), partnerCodes());
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

    @Override
    public Set<Event.Type> reports() {
        return sales.reports(
                domain == null
                        ? Set.of(Event.Type.LEAD, Event.Type.SALE)
                        : Set.of(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE));
    }

    @Override
    public boolean defersLeads() {
        return leadMode == LeadMode.DEFERRED;
    }

    @Override
    public String leadEventName() {
        return leadEventName;
    }

    /** Dub recognises a repeated lead or invoice for 7 days; a later attempt could be counted twice (sections 3.3 and 4). */
    @Override
    public Duration deliveryTimeout(Event event) {
        return Duration.ofDays(7).minusHours(1);
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    // Calls: Dub refuses the whole event for a value beyond its limits, so an optional value beyond them is left out.

    @Override
    public @Nullable Outcome outcomeWithoutCall(Event event) {
        if (event instanceof Click click) {
            return isRobot(click.userAgent())
                    ? Outcome.of(Verdict.IGNORED, "Dub would take the visitor's user agent for a robot's")
                    : null;
        }
        String customerId = event.customerId();
        return customerId != null && customerId.length() > MAX_TEXT
                ? Outcome.of(Verdict.REJECTED, "Dub takes no customer id longer than " + MAX_TEXT + " characters")
                : null;
    }

    /** A robot gets a click id that Dub never records; a lead with it would be refused (section 3.2). */
    private static boolean isRobot(@Nullable String userAgent) {
        if (userAgent == null
                || userAgent.isBlank()
                || !HEADER_VALUE.matcher(userAgent).matches()) {
            return true;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        return ROBOTS.stream().anyMatch(agent::contains);
    }

    @Override
    public HttpCall call(Event event) {
        if (event instanceof Click click) {
            return click(click);
        }
        return event instanceof Sale sale ? sale(sale) : lead((Lead) event);
    }

    /**
     * The endpoint is public, so no key is sent. The visitor's user agent is, because Dub distinguishes visitors by it; the IP
     * address that Dub sees is the server's (section 3.2).
     */
    private HttpCall click(Click click) {
        ObjectNode body = Json.object();
        Json.putText(body, "domain", domain);
        body.put("key", click.code());
        Json.putText(body, "url", click.landing());
        Json.putText(body, "referrer", click.referrer());
        String userAgent = click.userAgent();
        return baseUrl.post("/track/click", userAgent == null ? Map.of() : Map.of("User-Agent", userAgent), body);
    }

    /** The confirmation of a deferred lead has neither a click nor a mode (section 4). */
    private HttpCall lead(Lead lead) {
        ObjectNode body = Json.object()
                .put("clickId", lead.confirms() ? "" : lead.attribution().requireClickId())
                .put("eventName", lead.eventName())
                .put("customerExternalId", lead.customer().id());
        Json.putText(body, "customerName", lead.customer().name(), MAX_TEXT);
        Json.putText(body, "customerEmail", EmailAddress.valid(lead.customer().email()), MAX_TEXT);
        Json.putText(
                body, "customerAvatar", PictureAddress.valid(lead.customer().avatar()));
        if (!lead.confirms()) {
            body.put("mode", leadMode.name().toLowerCase(Locale.ROOT));
        }
        putMetadata(body, lead.metadata());
        return baseUrl.post("/track/lead", apiKey.asBearer(), body);
    }

    private HttpCall sale(Sale sale) {
        Payment payment = sale.payment();
        ObjectNode body = Json.object()
                .put("customerExternalId", payment.customerId())
                .put("amount", minorUnits(payment.amount()))
                .put("currency", payment.amount().currency().getCurrencyCode().toLowerCase(Locale.ROOT));
        Json.putText(body, "paymentProcessor", PaymentProcessor.among(PROCESSORS, payment));
        body.put("invoiceId", payment.invoiceId()).put("leadEventName", sale.leadEventName());
        putMetadata(body, payment.metadata());
        return baseUrl.post("/track/sale", apiKey.asBearer(), body);
    }

    /** An amount with more decimals than Dub counts is rounded to the nearest unit. */
    private static long minorUnits(Money money) {
        int decimals = ZERO_DECIMALS.contains(money.currency().getCurrencyCode()) ? 0 : 2;
        return money.amount()
                .setScale(decimals, RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
    }

    private static void putMetadata(ObjectNode body, Map<String, String> fields) {
        ObjectNode metadata = Json.object(fields);
        if (metadata.toString().length() <= MAX_METADATA) {
            Json.putObject(body, "metadata", metadata);
        }
    }

    // Replies: a 200 alone never says that something was recorded (sections 3 and 4).

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() == 200) {
            return switch (event.type()) {
                case CLICK -> clickOutcome(event, body);
                case LEAD -> leadOutcome(body);
                case SALE, REFUND, TRIAL, CANCELLATION -> saleOutcome(body);
            };
        }
        String code = Json.text(Json.child(body, "error"), "code");
        if (reply.status() == 403 && event.type() == Event.Type.CLICK && code.equals("forbidden")) {
            return rejected("the workspace's allowed hostnames refuse clicks that a server reports");
        }
        if (reply.status() == 404 && code.equals("not_found")) {
            return notFound(event);
        }
        return reply.status() / 100 == 2 ? unknown(reply.status()) : StatusCodes.outcome(reply);
    }

    private static Outcome clickOutcome(Event event, @Nullable JsonNode body) {
        String clickId = Json.id(body, "clickId");
        return clickId.isEmpty()
                ? unknown(200)
                : Outcome.recorded(event.attribution().withClickId(clickId));
    }

    /**
     * Dub claims its deduplication key before it looks the click up, so "duplicate" may also mean an earlier attempt that failed
     * halfway (section 4, "Retry poison").
     */
    private static Outcome leadOutcome(@Nullable JsonNode body) {
        if (Json.isObject(body, "link")) {
            return Outcome.recorded();
        }
        return Json.isNull(body, "link")
                ? Outcome.of(Verdict.DUPLICATE, "Dub has this lead, or has failed an earlier try of it within 7 days")
                : unknown(200);
    }

    private static Outcome saleOutcome(@Nullable JsonNode body) {
        if (Json.isObject(body, "sale")) {
            return Outcome.recorded();
        }
        return Json.isNull(body, "sale")
                ? Outcome.of(Verdict.IGNORED, "the customer is unknown to Dub, or nothing was paid")
                : unknown(200);
    }

    /**
     * By default Dub writes a lead after it has answered, and how long that takes is not documented (section 4, "Modes"). So a
     * sale whose lead is not found is retried.
     */
    private static Outcome notFound(Event event) {
        return switch (event.type()) {
            case CLICK -> rejected("no such link, or it belongs to no workspace");
            case LEAD -> rejected("the click is unknown, or its link is missing, disabled or of another workspace");
            case SALE, REFUND, TRIAL, CANCELLATION ->
                Outcome.of(Verdict.RETRY, "the lead event may not be written yet, or it or its link is missing");
        };
    }

    private static Outcome rejected(String reason) {
        return Outcome.of(Verdict.REJECTED, reason);
    }

    private static Outcome unknown(int status) {
        return Outcome.of(Verdict.RETRY, "HTTP " + status + " without a known answer");
    }

    // The checkout

    /**
     * The customer's id is for the metadata of a Stripe Checkout Session, the click id for that of a Stripe customer whose lead
     * was not reported. The click id is not the client reference id here, because Dub would create a second lead and a second
     * customer from it (section 3.6).
     */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return sales.carries(new CheckoutMetadata(
                Map.of("dubCustomerExternalId", customerId, "dubClickId", attribution.requireClickId()), null));
    }
}
