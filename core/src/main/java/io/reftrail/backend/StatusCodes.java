package io.reftrail.backend;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a status code means where a vendor's contract says nothing of its own. An event is refused by an object of JSON
 * only, as the vendors document their errors: a page of HTML, plain text or nothing at all is what stands between us and
 * the backend, so the event is kept. So it is where the answer is about the address or a proxy and not about the event.
 */
public final class StatusCodes {

    /** Some servers write a byte order mark before their pages. */
    private static final Pattern PAGE = Pattern.compile("[\\s\\x{feff}]*<");

    static final Duration PAUSE = Duration.ofSeconds(30);
    static final Duration CREDENTIALS_PAUSE = Duration.ofMinutes(5);
    private static final Duration ADDRESS_PAUSE = Duration.ofMinutes(5);

    private StatusCodes() {}

    /** Returns what a reply means by its status alone. */
    public static Outcome outcome(HttpReply reply) {
        int status = reply.status();
        return switch (status) {
            case 401, 402, 403 -> Outcome.credentials(CREDENTIALS_PAUSE, "HTTP " + status + ": check the API key");
            case 404, 405 -> Outcome.pause(ADDRESS_PAUSE, "HTTP " + status + ": check the base URL");
            case 407 -> Outcome.credentials(CREDENTIALS_PAUSE, "HTTP 407: check the proxy's credentials");
            case 429, 503 -> Outcome.pause(RetryAfter.read(reply, PAUSE), "HTTP " + status);
            case 408, 421, 425 -> Outcome.of(Verdict.RETRY, "HTTP " + status);
            default -> byClass(reply);
        };
    }

    /** Returns a refusal from a vendor who says nothing of its body: there, anything but a page of HTML is the vendor's. */
    static Outcome refusal(HttpReply reply) {
        return isPage(reply) ? outcome(reply) : rejected(reply.status());
    }

    private static Outcome byClass(HttpReply reply) {
        if (reply.status() / 100 != 4) {
            return retry(reply, isPage(reply) ? " with HTML" : "");
        }
        JsonNode body = Json.parse(reply.body());
        if (body != null && body.isObject()) {
            return rejected(reply.status());
        }
        return retry(reply, isPage(reply) ? " with HTML" : " without a JSON object: not the backend's own answer");
    }

    private static boolean isPage(HttpReply reply) {
        return PAGE.matcher(reply.body()).lookingAt();
    }

    private static Outcome rejected(int status) {
        return Outcome.of(Verdict.REJECTED, "HTTP " + status);
    }

    private static Outcome retry(HttpReply reply, String why) {
        return Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + why);
    }
}
