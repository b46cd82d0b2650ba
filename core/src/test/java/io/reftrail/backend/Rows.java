package io.reftrail.backend;

import static io.reftrail.model.Outcome.Verdict.PAUSE;
import static io.reftrail.model.Outcome.Verdict.RETRY;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Rows of outcome tables: bodies with single quotes, and the answers that mean the same at all vendors. */
public final class Rows {

    public static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String NOBODY = "A page of HTML is a proxy's answer, not the backend's";

    private Rows() {}

    public static OutcomeRow row(Event.Type type, int status, String body, Verdict verdict, String meaning) {
        return OutcomeRow.of(type, status, body.replace('\'', '"'), verdict, meaning);
    }

    @SafeVarargs
    public static List<OutcomeRow> table(List<OutcomeRow>... parts) {
        List<OutcomeRow> all = new ArrayList<>();
        for (List<OutcomeRow> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }

    /** What means the same at every backend that documents its answers, for each of these kinds of events. */
    public static List<OutcomeRow> everywhere(Event.Type... types) {
        return Arrays.stream(types)
                .flatMap(type -> Stream.concat(silence(type).stream(), shared(type).stream()))
                .toList();
    }

    /** A success without an answer that is the vendor's. */
    public static List<OutcomeRow> silence(Event.Type type) {
        return List.of(
                row(type, 200, "empty", RETRY, "An empty body does not confirm that anything was recorded"),
                row(type, 200, "HTML", RETRY, NOBODY),
                row(type, 200, "[]", RETRY, "No answer that the contract knows"),
                row(type, 204, "empty", RETRY, "No answer that the contract knows"));
    }

    public static List<OutcomeRow> shared(Event.Type type) {
        return List.of(
                row(type, 302, "HTML", RETRY, "A redirect is not followed: it would carry the key elsewhere"),
                row(type, 400, "HTML", RETRY, NOBODY),
                row(type, 413, "Request Entity Too Large", RETRY, "Plain text or nothing is a proxy's answer"),
                row(type, 431, "empty", RETRY, "Plain text or nothing is a proxy's answer"),
                row(type, 401, "HTML", PAUSE, "The credentials are refused").pausing(FIVE_MINUTES),
                row(type, 403, "empty", PAUSE, "The credentials are refused").pausing(FIVE_MINUTES),
                row(type, 404, "empty", PAUSE, "There is no such address: check the base URL")
                        .pausing(FIVE_MINUTES),
                row(type, 404, "HTML", PAUSE, "There is no such address: check the base URL")
                        .pausing(FIVE_MINUTES),
                row(type, 405, "empty", PAUSE, "It is not the backend's address: check the base URL")
                        .pausing(FIVE_MINUTES),
                row(type, 407, "HTML", PAUSE, "A proxy requires credentials").pausing(FIVE_MINUTES),
                row(type, 408, "empty", RETRY, "The request took too long"),
                row(type, 422, "HTML", RETRY, NOBODY),
                row(type, 429, "empty", PAUSE, "Too many calls, without a time to wait")
                        .pausing(HALF_A_MINUTE),
                row(type, 429, "empty", PAUSE, "Retry-After in seconds")
                        .retryAfter("12")
                        .pausing(Duration.ofSeconds(12)),
                row(type, 429, "empty", PAUSE, "Retry-After as a date, limited to an hour")
                        .retryAfter("Fri, 31 Dec 9999 23:59:59 GMT")
                        .pausing(HOUR),
                row(type, 429, "empty", PAUSE, "Retry-After as a date that is over")
                        .retryAfter("Thu, 01 Jan 2015 00:00:00 GMT")
                        .pausing(Duration.ofSeconds(1)),
                row(type, 429, "empty", PAUSE, "Retry-After as a timestamp in seconds")
                        .retryAfter("4102444800")
                        .pausing(HOUR),
                row(type, 429, "empty", PAUSE, "Retry-After as a timestamp in milliseconds")
                        .retryAfter("4102444800000")
                        .pausing(HOUR),
                row(type, 429, "HTML", PAUSE, "Retry-After that cannot be read")
                        .retryAfter("soon")
                        .pausing(HALF_A_MINUTE),
                row(type, 500, "empty", RETRY, "The backend has failed"),
                row(type, 502, "HTML", RETRY, "A proxy cannot reach the backend"),
                row(type, 503, "HTML", PAUSE, "Maintenance").retryAfter("90").pausing(Duration.ofSeconds(90)),
                row(type, 504, "HTML", RETRY, "A proxy has received no answer"));
    }
}
