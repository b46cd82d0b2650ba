package io.reftrail.backend;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The meaning of a status code where a vendor's contract does not define one. An event is refused only by a reply with a JSON
 * object, because that is how the vendors document their errors. HTML, plain text or an empty body comes from a proxy, and the
 * event is kept. The event is also kept if the status is about the address or the proxy.
 */
public final class StatusCodes {

    /** How long a queue pauses if the reply does not say. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    /** How long a queue pauses after the credentials were refused. */
    public static final Duration CREDENTIALS_PAUSE = Duration.ofMinutes(5);

    private static final Duration ADDRESS_PAUSE = Duration.ofMinutes(5);

    /** Some servers write a byte order mark before their pages. */
    private static final Pattern PAGE = Pattern.compile("[\\s\\x{feff}]*<");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StatusCodes() {}

    /** Returns the outcome of a reply that the vendor's contract does not define. */
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

    /**
     * Returns a refusal by a vendor that does not document the body of its errors: any reply but HTML is taken for the vendor's
     * own.
     */
    public static Outcome refusal(HttpReply reply) {
        return isPage(reply) ? outcome(reply) : rejected(reply.status());
    }

    private static Outcome byClass(HttpReply reply) {
        if (reply.status() / 100 != 4) {
            return retry(reply, isPage(reply) ? " with HTML" : "");
        }
        if (isJsonObject(reply.body())) {
            return rejected(reply.status());
        }
        return retry(reply, isPage(reply) ? " with HTML" : " without a JSON object: not the backend's own answer");
    }

    private static boolean isJsonObject(String body) {
        try {
            return MAPPER.readTree(body).isObject();
        } catch (JacksonException notJson) {
            return false;
        }
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
