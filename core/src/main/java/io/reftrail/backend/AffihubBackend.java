package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
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
 * Affihub: a partner's slug in {@code ref}, reported at each landing and kept for 90 days; sales are learned from the
 * payment provider, who is handed the slug (docs/contracts/affihub.md, sections 2 to 4). There is no documented call for a
 * lead or a sale, so they are kept here and not sent. The vendor's script keeps the slug where no server sees it; the
 * cookie is ours, and nobody else reads it.
 */
public final class AffihubBackend implements TrackingBackend {

    /** The backend's name. */
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

    private final AffihubBackendBuilder settings;

    AffihubBackend(AffihubBackendBuilder settings) {
        this.settings = settings;
    }

    /**
     * Returns a backend without settings of its own.
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
    public static AffihubBackendBuilder builder(String programId) {
        return new AffihubBackendBuilder(programId);
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
    public Set<Event.Type> reports() {
        return Set.of(Event.Type.CLICK);
    }

    @Override
    public Duration deliverWithin(Event event) {
        return RULE.window();
    }

    @Override
    public @Nullable RateLimit rateLimit() {
        return settings.rateLimit;
    }

    /**
     * The landing's path is always sent (section 3.1). A click of which it is not known any more was counted when it
     * happened, or never can be.
     */
    @Override
    public @Nullable Outcome withoutCall(Event event) {
        return event instanceof Click click && click.landing() == null
                ? Outcome.of(Verdict.IGNORED, "the page of the landing is not known any more")
                : null;
    }

    /** A click has neither an address nor an agent, and of the landing only the path (section 3.1). */
    @Override
    public Click minimised(Click click) {
        Click known = click.withoutIpAddress().withoutUserAgent();
        String landing = known.landing();
        return landing == null ? known : known.withLanding(LandingPath.of(landing));
    }

    /** Carries no credentials: the beacon wants none (section 3.1). */
    @Override
    public HttpCall call(Event event) {
        Click click = (Click) event;
        String landing = click.landing();
        ObjectNode body = Json.object().put("program_id", settings.programId).put("ref", click.code());
        Json.putText(body, "landing", landing == null ? null : LandingPath.of(landing));
        Json.putText(body, "referrer", click.referrer());
        return settings.baseUrl.post("/track/click", Map.of(), body);
    }

    /**
     * No answer is documented: any success is one, and what stands in it is not read (section 3.1). A 401 or 403 is taken
     * for the program id's, which is the same in each call, so that a wrong one loses no clicks.
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

    /** The names that Paddle's hand-over wants; Stripe's is satisfied by the first, or by the reference (section 3.6). */
    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        String slug = attribution.requireClickId();
        return new CheckoutMetadata(Map.of("affihub_ref", slug, "affihub_program", settings.programId), slug);
    }
}
