package io.reftrail.backend;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Dub's answers mean (docs/contracts/dub.md, sections 3 and 4). A 200 alone never says that anything was recorded. */
final class DubReplies {

    /** How long a lead that was answered may take to be written; how long it does is not documented (section 4, "Modes"). */
    private DubReplies() {}

    static Outcome outcome(Event event, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() == 200) {
            return switch (event.type()) {
                case CLICK -> click(event, body);
                case LEAD -> lead(body);
                case SALE, REFUND -> sale(body);
            };
        }
        if (reply.status() == 403 && event.type() == Event.Type.CLICK && isOwn(body, "forbidden")) {
            return Outcome.of(
                    Verdict.REJECTED, "the workspace's allowed hostnames refuse clicks that a server reports");
        }
        if (reply.status() == 404 && isOwn(body, "not_found")) {
            return notFound(event);
        }
        return reply.status() / 100 == 2 ? unknown(reply.status()) : StatusCodes.outcome(reply);
    }

    private static boolean isOwn(@Nullable JsonNode body, String code) {
        return Json.text(Json.child(body, "error"), "code").equals(code);
    }

    /** A sale follows its lead at once, and names it; Dub's own default writes the lead after it has answered (section 4). Given up with the rest. */
    private static Outcome notFound(Event event) {
        return switch (event.type()) {
            case CLICK -> rejected("no such link, or it belongs to no workspace");
            case LEAD -> rejected("the click is unknown, or its link is missing, disabled or of another workspace");
            case SALE, REFUND ->
                Outcome.of(Verdict.RETRY, "the lead event may not be written yet, or it or its link is missing");
        };
    }

    private static Outcome rejected(String reason) {
        return Outcome.of(Verdict.REJECTED, reason);
    }

    private static Outcome click(Event event, @Nullable JsonNode body) {
        String clickId = Json.id(body, "clickId");
        return clickId.isEmpty()
                ? unknown(200)
                : Outcome.recorded(event.attribution().withClickId(clickId));
    }

    /**
     * Dub claims its deduplication key before it looks the click up, so that "duplicate" may also mean an earlier try that
     * failed halfway (section 4, "Retry poison").
     */
    private static Outcome lead(@Nullable JsonNode body) {
        if (Json.isObject(body, "link")) {
            return Outcome.recorded();
        }
        return Json.isNull(body, "link")
                ? Outcome.of(Verdict.DUPLICATE, "Dub has this lead, or has failed an earlier try of it within 7 days")
                : unknown(200);
    }

    private static Outcome sale(@Nullable JsonNode body) {
        if (Json.isObject(body, "sale")) {
            return Outcome.recorded();
        }
        return Json.isNull(body, "sale")
                ? Outcome.of(Verdict.IGNORED, "the customer is unknown to Dub, or nothing was paid")
                : unknown(200);
    }

    private static Outcome unknown(int status) {
        return Outcome.of(Verdict.RETRY, "HTTP " + status + " without a known answer");
    }
}
