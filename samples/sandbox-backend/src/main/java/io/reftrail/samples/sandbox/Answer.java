package io.reftrail.samples.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect says to one call: the response on the wire, and for the feed what it means and why. The body is
 * written as JSON; {@code null} is the JSON literal, which one vendor does answer.
 *
 * @param headers beside the Content-Type
 */
record Answer(
        int status,
        @Nullable Object body,
        Verdict verdict,
        String reason,
        Subject subject,
        Map<String, String> headers) {

    Answer(int status, @Nullable Object body, Verdict verdict, String reason, Subject subject) {
        this(status, body, verdict, reason, subject, Map.of());
    }

    Answer with(Map<String, String> more) {
        return new Answer(status, body, verdict, reason, subject, more);
    }
}
