package io.reftrail.samples.sandbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The two envelopes of Affonso's, docs/contracts/affonso.md section 3 and 3.7. */
final class AffonsoReplies {

    private AffonsoReplies() {}

    static Object success(Map<String, @Nullable Object> data) {
        return Map.of("success", true, "data", data);
    }

    static Object error(String code, String message) {
        return Map.of("success", false, "error", Map.of("code", code, "message", message));
    }

    /** The code that goes with a status; a status without one has a word of the sandbox's own. */
    static String code(int status) {
        return switch (status) {
            case 400 -> "VALIDATION_ERROR";
            case 401 -> "UNAUTHORIZED";
            case 403 -> "FORBIDDEN";
            case 404 -> "NOT_FOUND";
            case 409 -> "DUPLICATE_ERROR";
            case 429 -> "RATE_LIMIT_EXCEEDED";
            default -> "INTERNAL_ERROR";
        };
    }

    static Answer refused(int status, String code, String why) {
        Verdict verdict = status == 401 || status == 403 ? Verdict.UNAUTHORIZED : Verdict.REJECTED;
        return new Answer(status, error(code, why), verdict, why, Subject.NOBODY);
    }

    static Answer invalid(String why, Subject subject) {
        Object body = Map.of(
                "success",
                false,
                "error",
                Map.of("code", code(400), "message", why, "details", List.of(Map.of("message", why))));
        return new Answer(400, body, Verdict.REJECTED, why, subject);
    }

    static Answer notFound(String why, Subject subject) {
        return new Answer(404, error(code(404), why), Verdict.REJECTED, why, subject);
    }

    static Answer limited(long seconds, Map<String, String> headers) {
        String why = "more calls in a minute than the key may make";
        Object error = Map.of("code", code(429), "message", why, "retryAfter", seconds);
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Retry-After", String.valueOf(seconds));
        Object body = Map.of("success", false, "error", error);
        return new Answer(429, body, Verdict.REJECTED, why, Subject.NOBODY, all);
    }
}
