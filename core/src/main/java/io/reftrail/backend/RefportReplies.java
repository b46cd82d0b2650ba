package io.reftrail.backend;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import tools.jackson.databind.JsonNode;

/** The status tables of docs/contracts/refport.md, sections 3.1 and 3.2, which are the same. */
final class RefportReplies {

    private RefportReplies() {}

    /**
     * A 200 is success unless its body is JSON {@code null}: then the click belongs to no link (section 3.1), or it is a
     * repetition, whose answer is not documented (section 4).
     */
    static Outcome outcome(HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() == 200 && body != null) {
            return body.isNull()
                    ? Outcome.of(Verdict.IGNORED, "the click is not tied to a link, or Refport has this already")
                    : recorded(body);
        }
        if (reply.status() == 400) {
            return badRequest(reply, Json.text(body == null ? null : body.get("error"), "code"));
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
}
