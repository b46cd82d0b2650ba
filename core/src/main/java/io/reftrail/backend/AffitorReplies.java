package io.reftrail.backend;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The status tables of docs/contracts/affitor.md, section 3. */
final class AffitorReplies {

    /** The error that a repeated lead meets (section 4); the status code alone does not tell it from others. */
    private static final String ALREADY_A_LEAD = "cannot be updated to lead";

    private static final int LONGEST_WINDOW_DAYS = 365;

    private final boolean testMode;

    AffitorReplies(boolean testMode) {
        this.testMode = testMode;
    }

    /** A 200 may say that the partner's link is inactive (section 3.1). A test has no click id that counts. */
    Outcome click(Attribution attribution, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() != 200) {
            return unknown(reply);
        }
        if (Json.isFalse(body, "success")) {
            return Outcome.of(Verdict.IGNORED, "the partner's link is inactive");
        }
        String clickId = testMode ? AffitorClicks.TEST : Json.id(body, "click_id");
        if (!Json.isTrue(body, "success") || clickId.isEmpty()) {
            return Outcome.of(Verdict.RETRY, "HTTP 200 without a click id");
        }
        return Outcome.recorded(
                withWindow(AffitorClicks.exchanged(attribution, clickId), Json.child(body, "cookie_window_days")));
    }

    private static Attribution withWindow(Attribution attribution, @Nullable JsonNode days) {
        if (days == null || !days.isIntegralNumber() || !days.canConvertToInt()) {
            return attribution;
        }
        int count = days.intValue();
        return count < 1 || count > LONGEST_WINDOW_DAYS
                ? attribution
                : attribution.with(Attribution.WINDOW, Duration.ofDays(count).toString());
    }

    /** The older endpoint says 403 and 404 of the event where the current one says 400 (section 3.3). */
    Outcome lead(Attribution attribution, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        String error = Json.text(body, "error");
        boolean older = AffitorClicks.isOlder(attribution);
        return switch (reply.status()) {
            case 200 -> Json.isTrue(body, "success") ? recordedLead(body) : unknown(reply);
            case 400 ->
                error.toLowerCase(Locale.ROOT).contains(ALREADY_A_LEAD)
                        ? Outcome.of(Verdict.DUPLICATE, "the customer is a lead already, or more")
                        : unknown(reply);
            case 403 -> older && !error.isEmpty() ? rejected("the program is not active") : unknown(reply);
            case 404 -> older && !error.isEmpty() ? rejected("the customer is unknown") : unknown(reply);
            default -> unknown(reply);
        };
    }

    private static Outcome recordedLead(@Nullable JsonNode body) {
        return Json.isTrue(body, "provisional")
                ? Outcome.of(Verdict.RECORDED, "provisional: the first verified payment settles it")
                : Outcome.recorded();
    }

    /** A sale after the attribution window is answered in one of two ways, both 200 (section 3.4). */
    static Outcome sale(HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() == 409 && body != null && body.isObject()) {
            return Outcome.of(
                    Verdict.DUPLICATE, "the transaction id is recorded; after an HTTP 500, look for its commission");
        }
        if (reply.status() != 200) {
            return unknown(reply);
        }
        if (Json.isFalse(body, "attributed")) {
            return Outcome.of(Verdict.IGNORED, "not attributed: the attribution window is over");
        }
        if (Json.isTrue(body, "success")) {
            return Json.isNull(body, "commission_id")
                    ? Outcome.of(Verdict.IGNORED, "recorded without a commission: the attribution window is over")
                    : Outcome.recorded();
        }
        return unknown(reply);
    }

    /** A second refund of a sale may be skipped as a repetition of the first: there is no id to tell them by (section 3.5). */
    static Outcome refund(HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() == 404 && !Json.text(body, "error").isEmpty()) {
            return rejected("the sale is unknown");
        }
        if (reply.status() != 200 || !Json.isTrue(body, "success")) {
            return unknown(reply);
        }
        return switch (Json.text(body, "status")) {
            case "reversed", "refunded" -> Outcome.recorded();
            case "skipped" -> Outcome.of(Verdict.DUPLICATE, "skipped: Affitor takes it for a repetition");
            case "no_commission" -> Outcome.of(Verdict.IGNORED, "the sale has no commission");
            default -> unknown(reply);
        };
    }

    private static Outcome rejected(String reason) {
        return Outcome.of(Verdict.REJECTED, reason);
    }

    private static Outcome unknown(HttpReply reply) {
        return reply.status() / 100 == 2
                ? Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without a known answer")
                : StatusCodes.outcome(reply);
    }
}
