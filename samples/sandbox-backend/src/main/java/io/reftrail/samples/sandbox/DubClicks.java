package io.reftrail.samples.sandbox;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Dub's click endpoint with the traps of docs/contracts/dub.md section 3.2: what looks like a bot, or asks not to be tracked,
 * gets an id that was never recorded, and who comes again within the hour gets the id of the first time.
 *
 * <p>"Who" is the User-Agent alone, for everybody here has the same address. Of the agents that count as bots the
 * contract names some; these are all there are.
 */
@Component
final class DubClicks {

    private static final List<String> BOTS = List.of("http", "curl", "node", "bot");
    private static final String NO_TRACK = "dub-no-track";

    private final SandboxSettings common;
    private final DubDialect.Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Claims claims;

    DubClicks(SandboxSettings common, DubDialect.Settings settings, RandomIds ids, Ledger ledger, Claims claims) {
        this.common = common;
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
        this.claims = claims;
    }

    Answer click(VendorCall call) {
        JsonBody body = call.body();
        String domain = body.required("domain");
        String key = body.required("key");
        body.nullable("url", Integer.MAX_VALUE);
        body.nullable("referrer", Integer.MAX_VALUE);
        @Nullable String problem = body.problem();
        if (problem != null) {
            return DubReplies.refused(422, problem, Subject.NOBODY);
        }
        if (!domain.equals(settings.domain()) || !common.partners().contains(key)) {
            return DubReplies.refused(404, "Link not found.", Subject.NOBODY);
        }
        if (!allowed(call)) {
            return DubReplies.refused(403, "Request origin is not on the allowed hostnames.", Subject.NOBODY);
        }
        @Nullable String agent = call.header("User-Agent");
        String lower = agent == null ? "" : agent.toLowerCase(Locale.ROOT);
        Subject subject = new Subject(key, null, null, null);
        boolean silent = call.header(NO_TRACK) != null || call.query().containsKey(NO_TRACK);
        if (silent || BOTS.stream().anyMatch(lower::contains)) {
            String why = silent ? "dub-no-track: not recorded" : "looks like a bot: not recorded";
            return new Answer(200, reply(ids.next(16), key), Verdict.IGNORED, why, subject);
        }
        return record(domain + '/' + key + '/' + lower, key);
    }

    private synchronized Answer record(String visitor, String key) {
        String fresh = ids.next(16);
        Optional<String> earlier = claims.take(DubDialect.NAME, "click:" + visitor, settings.clickWindow(), fresh);
        if (earlier.isPresent()) {
            Subject subject = new Subject(key, null, null, earlier.get());
            String why = "the same visitor clicked before";
            return new Answer(200, reply(earlier.get(), key), Verdict.DUPLICATE, why, subject);
        }
        ledger.click(DubDialect.NAME, key, fresh);
        Subject subject = new Subject(key, null, null, fresh);
        return new Answer(200, reply(fresh, key), Verdict.RECORDED, "click on a link of " + key, subject);
    }

    private boolean allowed(VendorCall call) {
        @Nullable String referer = call.header("Referer");
        @Nullable String from = referer == null ? call.header("Origin") : referer;
        try {
            @Nullable String host = from == null ? null : URI.create(from).getHost();
            return settings.allowedHostnames().isEmpty()
                    || (host != null && settings.allowedHostnames().contains(host));
        } catch (IllegalArgumentException malformed) {
            return settings.allowedHostnames().isEmpty();
        }
    }

    private static Object reply(String clickId, String key) {
        Map<String, @Nullable Object> partner = new LinkedHashMap<>();
        partner.put("id", "pn_" + key);
        partner.put("name", key);
        partner.put("image", null);
        partner.put("groupId", null);
        partner.put("tenantId", null);
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("clickId", clickId);
        reply.put("partner", partner);
        reply.put("discount", null);
        return reply;
    }
}
