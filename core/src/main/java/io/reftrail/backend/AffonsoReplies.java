package io.reftrail.backend;

import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Affonso's answers mean (docs/contracts/affonso.md, section 3). Every answer has an envelope, and a success of HTTP that
 * says {@code success: false} is none, as in the vendor's own client (section 3.7).
 */
final class AffonsoReplies {

    /** The detail that holds the vendor's id of a sale: a refund is reported under it (section 3.5). */
    static final String CONVERSION = "conversion";

    private static final int MAX_TRACKING_ID = 100;

    /** Such an id would be another address. */
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}");

    private AffonsoReplies() {}

    static @Nullable Outcome withoutCall(Event event) {
        if (event instanceof Click click && click.code().length() > MAX_TRACKING_ID) {
            return Outcome.of(Verdict.REJECTED, "no tracking id is longer than " + MAX_TRACKING_ID + " characters");
        }
        if (event instanceof Sale sale && isZero(sale.payment().amount())) {
            return Outcome.of(Verdict.IGNORED, "nothing was paid");
        }
        return event instanceof Refund refund ? withoutCall(refund) : null;
    }

    private static @Nullable Outcome withoutCall(Refund refund) {
        if (refund.attribution().detail(CONVERSION) == null) {
            return Outcome.of(Verdict.IGNORED, "the sale's id at Affonso is not known, so that it cannot be refunded");
        }
        return isZero(refund.amount()) ? Outcome.of(Verdict.IGNORED, "nothing was given back") : null;
    }

    private static boolean isZero(@Nullable Money money) {
        return money != null && money.amount().signum() == 0;
    }

    static Outcome outcome(Event event, HttpReply reply) {
        JsonNode body = Json.parse(reply.body());
        if (reply.status() / 100 != 2 || Json.isFalse(body, "success")) {
            return AffonsoErrors.outcome(event, reply, body);
        }
        if (!Json.isTrue(body, "success")) {
            return Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without a known answer");
        }
        JsonNode data = Json.child(body, "data");
        return switch (event.type()) {
            case CLICK -> click(event, Json.id(data, "id"));
            case LEAD -> signUp(reply.status(), data);
            case SALE -> conversion(event, Json.id(data, "id"));
            case REFUND -> Outcome.recorded();
        };
    }

    private static Outcome click(Event event, String clickId) {
        return clickId.isEmpty()
                ? Outcome.of(Verdict.RETRY, "a success without a click id")
                : Outcome.recorded(event.attribution().withClickId(clickId));
    }

    /** Fraud checks block with a 201; a 200 brings the referral of an earlier call, as it stands (section 3.2). */
    private static Outcome signUp(int status, @Nullable JsonNode data) {
        if (data == null || !data.isObject()) {
            return Outcome.of(Verdict.RETRY, "HTTP " + status + " without a referral");
        }
        if (Json.text(data, "status").equals("rejected")) {
            return Outcome.of(Verdict.REJECTED, "blocked by Affonso's fraud checks");
        }
        return switch (status) {
            case 200 -> Outcome.of(Verdict.DUPLICATE, "this click was converted before");
            case 201 -> Outcome.recorded();
            default -> Outcome.of(Verdict.RETRY, "HTTP " + status + " says neither new nor known");
        };
    }

    /** An invoice that is reported again brings the earlier conversion, so that the answer looks the same (section 3.4). */
    private static Outcome conversion(Event event, String id) {
        return id.isEmpty() || DOTS.matcher(id).matches()
                ? Outcome.of(Verdict.RECORDED, "recorded without a conversion: a refund cannot be reported")
                : Outcome.recorded(event.attribution().with(CONVERSION, id));
    }
}
