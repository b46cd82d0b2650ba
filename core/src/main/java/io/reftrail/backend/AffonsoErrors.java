package io.reftrail.backend;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Affonso's errors by their codes (docs/contracts/affonso.md, section 3.7). What has no known code is judged by its status; so
 * are the statuses that are about the key or the queue and never about one event, whatever the code says.
 */
final class AffonsoErrors {

    private static final Set<String> KEY_CODES = Set.of(
            "MISSING_API_KEY",
            "INVALID_API_KEY_FORMAT",
            "INVALID_API_KEY",
            "API_KEY_DISABLED",
            "API_KEY_EXPIRED",
            "INSUFFICIENT_PERMISSIONS",
            "UNAUTHORIZED",
            "FORBIDDEN");

    private AffonsoErrors() {}

    /** A click's code comes from anybody's link: one that is forbidden must not hold up the others. */
    static Outcome outcome(Event event, HttpReply reply, @Nullable JsonNode body) {
        JsonNode error = Json.child(body, "error");
        String code = Json.text(error, "code");
        return switch (reply.status()) {
            case 401, 403 ->
                event.type() == Event.Type.CLICK && reply.status() == 403 && code.equals("FORBIDDEN")
                        ? Outcome.of(Verdict.REJECTED, "FORBIDDEN: this tracking id may not be the program's")
                        : refused(KEY_CODES.contains(code) ? code : "HTTP " + reply.status());
            case 429 -> rateLimit(reply, error);
            default -> isAnswer(reply) ? byCode(event, reply, body, code) : StatusCodes.outcome(reply);
        };
    }

    /** A redirect, or what a server says on its way to an answer, decides nothing, whatever it carries. */
    private static boolean isAnswer(HttpReply reply) {
        return reply.status() / 100 == 2 || reply.status() / 100 == 4;
    }

    private static Outcome byCode(Event event, HttpReply reply, @Nullable JsonNode body, String code) {
        if (KEY_CODES.contains(code)) {
            return refused(code);
        }
        return switch (code) {
            case "VALIDATION_ERROR", "NOT_FOUND" -> Outcome.of(Verdict.REJECTED, code);
            case "DUPLICATE_ERROR" -> duplicate(event);
            case "RATE_LIMIT_EXCEEDED" -> rateLimit(reply, Json.child(body, "error"));
            default -> byStatus(reply, body);
        };
    }

    /** Without the id that it duplicates, a click is of no use to the lead that waits for it. */
    private static Outcome duplicate(Event event) {
        return Outcome.of(
                event.type() == Event.Type.CLICK ? Verdict.REJECTED : Verdict.DUPLICATE,
                "DUPLICATE_ERROR: Affonso has it already");
    }

    /** The wait stands in the header, or else in the body (section 3.7). */
    private static Outcome rateLimit(HttpReply reply, @Nullable JsonNode error) {
        JsonNode seconds = Json.child(error, "retryAfter");
        HttpReply asked = reply.retryAfter() != null || seconds == null || !seconds.isIntegralNumber()
                ? reply
                : new HttpReply(reply.status(), seconds.asString(), reply.body(), reply.receivedAt());
        return Outcome.pause(RetryAfter.read(asked, StatusCodes.PAUSE), "the key's rate limit");
    }

    private static Outcome refused(String why) {
        return Outcome.credentials(StatusCodes.CREDENTIALS_PAUSE, why + ": check the API key and its permissions");
    }

    /** What has not the envelope of every answer (section 3) is not Affonso's. */
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
}
