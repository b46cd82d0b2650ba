package io.reftrail.backend.affihub;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.RateLimit;
import io.reftrail.backend.StatusCodes;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.internal.BaseUrl;
import io.reftrail.backend.internal.CodeVendorBuilder;
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
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Affihub. A partner's slug arrives in {@code ref}, is reported at each landing and kept for 90 days. Affihub learns of sales
 * from the payment provider, which gets the slug with the checkout (docs/contracts/affihub.md, sections 2 to 4). No call for a
 * lead or a sale is documented, so they are stored and not sent. The vendor's script keeps the slug in the browser's local
 * storage, which no server sees; the cookie is Reftrail's own.
 */
public final class AffihubBackend implements TrackingBackend {

    /** The name of the backend. */
    public static final String NAME = "affihub";

    /** The documented API. */
    public static final String BASE_URL = "https://api.affihub.com";

    private static final CaptureRule RULE = new CaptureRule(
                    NAME,
                    List.of("ref"),
                    "affihub_ref",
                    Duration.ofDays(90),
                    Json.MAX_ID_LENGTH,
                    CookieEncoding.RAW,
                    false)
            .meaning(Meaning.COUNTED_CODE);

    private final String programId;
    private final BaseUrl baseUrl;
    private final @Nullable RateLimit rateLimit;
    private final CaptureRule rule;

    private AffihubBackend(Builder builder, BaseUrl baseUrl, @Nullable RateLimit rateLimit, PartnerCodes codes) {
        this.programId = builder.programId;
        this.baseUrl = baseUrl;
        this.rateLimit = rateLimit;
        this.rule = RULE.accepting(codes);
    }

    /**
     * Returns a backend with the default settings.
     *
     * @param programId the program's id, which is public
     * @throws InvalidSettingException if the id is blank
     */
    public static AffihubBackend of(String programId) {
        return builder(programId).build();
    }

    /**
     * Returns a builder.
     *
     * @param programId the program's id, which is public
     * @throws InvalidSettingException if the id is blank
     */
    public static Builder builder(String programId) {
        return new Builder(programId);
    }

    // Settings

    /** The provider of the settings of Affihub. */
    public static final class Provider implements BackendProvider {

        @Override
        public List<String> backends() {
            return List.of(NAME);
        }

        @Override
        public BackendSettings<?> settings(String backend) {
            return BackendSettings.activatedBy(
                            NAME,
                            "program-id",
                            "The program's id; Affihub accepts clicks without a key",
                            Builder::new,
                            Builder::build)
                    .text("base-url", BASE_URL, SettingText.BASE_URL, Builder::baseUrl)
                    .list("codes", List.of(), "nora", SettingText.CODES, Builder::codes)
                    .optionalText("code-pattern", "[a-z0-9-]{3,40}", SettingText.CODE_PATTERN, Builder::codePattern)
                    .number("calls-per-minute", 0, SettingText.CALLS_PER_MINUTE, Builder::callsPerMinute);
        }
    }

    /** A builder of {@link AffihubBackend}. Not thread-safe. */
    public static final class Builder extends CodeVendorBuilder<Builder> {

        private final String programId;

        private Builder(String programId) {
            super(NAME, BASE_URL, 0);
            this.programId = SettingText.required(
                    "affihub.program-id",
                    programId,
                    "Copy the program's id from Affihub; it stands in the script tag too.");
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Returns the backend. */
        public AffihubBackend build() {
            return new AffihubBackend(this, baseUrl(), rateLimit(), partnerCodes());
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
        return Set.of(Event.Type.CLICK);
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return RULE.window();
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    /** The vendor has no field for IP address or user agent, and takes only the path of the landing (section 3.1). */
    @Override
    public Click redact(Click click) {
        Click known = click.withoutIpAddress().withoutUserAgent();
        String landing = known.landing();
        return landing == null ? known : known.withLanding(path(landing));
    }

    /** Returns the path as it was written. The landing may be an address that no URI class parses, or already a path. */
    static String path(String landing) {
        String address = landing.split("[?#]", 2)[0];
        if (address.startsWith("/")) {
            return address;
        }
        int scheme = address.indexOf("://");
        if (scheme < 0) {
            return "/" + address;
        }
        int path = address.indexOf('/', scheme + 3);
        return path < 0 ? "/" : address.substring(path);
    }

    // The call

    /**
     * The path of the landing is always sent (section 3.1). A click without it comes from a cookie: it was counted when it
     * happened.
     */
    @Override
    public @Nullable Outcome outcomeWithoutCall(Event event) {
        return event instanceof Click click && click.landing() == null
                ? Outcome.of(Verdict.IGNORED, "the page of the landing is not known any more")
                : null;
    }

    /** Sends no credentials, like the vendor's own beacon (section 3.1). */
    @Override
    public HttpCall call(Event event) {
        Click click = (Click) event;
        String landing = click.landing();
        ObjectNode body = Json.object().put("program_id", programId).put("ref", click.code());
        Json.putText(body, "landing", landing == null ? null : path(landing));
        Json.putText(body, "referrer", click.referrer());
        return baseUrl.post("/track/click", Map.of(), body);
    }

    // The reply

    /**
     * No answer is documented, so any success records the click, whatever its body (section 3.1). A 401 or 403 is taken to be
     * about the program id, which is the same in each call; the queue pauses, so that no clicks are lost because of a wrong id.
     */
    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        if (reply.status() / 100 == 2) {
            return Outcome.recorded();
        }
        if (reply.status() == 400 || reply.status() == 422) {
            return StatusCodes.refusal(reply);
        }
        return reply.status() == 401 || reply.status() == 403
                ? Outcome.credentials(
                        StatusCodes.CREDENTIALS_PAUSE, "HTTP " + reply.status() + ": check the program id")
                : StatusCodes.outcome(reply);
    }

    // The checkout

    /** Paddle's hand-over needs both names; Stripe's needs the first one or the client reference id (section 3.6). */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        String slug = attribution.requireClickId();
        return new CheckoutMetadata(Map.of("affihub_ref", slug, "affihub_program", programId), slug);
    }
}
