package io.reftrail.backend;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a status code means where a vendor's contract says nothing of its own. A page of HTML is never a vendor's
 * verdict: something between us and the backend has answered, so the event is kept. So it is where the answer is about
 * the address or a proxy and not about the event.
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

    private static Outcome byClass(HttpReply reply) {
        boolean ownAnswer = !PAGE.matcher(reply.body()).lookingAt();
        if (reply.status() / 100 == 4 && ownAnswer) {
            return Outcome.of(Verdict.REJECTED, "HTTP " + reply.status());
        }
        return Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + (ownAnswer ? "" : " with HTML"));
    }
}
