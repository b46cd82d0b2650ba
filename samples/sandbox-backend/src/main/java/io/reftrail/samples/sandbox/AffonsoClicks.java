package io.reftrail.samples.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Affonso's click endpoint, docs/contracts/affonso.md section 3.1: every accepted call is a click of its own.
 *
 * <p>Where section 5 knows no answer: an unknown program, an unknown tracking id and one without an approved partnership
 * are 404.
 */
@Component
final class AffonsoClicks {

    private static final Map<String, Integer> LONGEST = Map.of("referrer", 2000, "ip", 45, "userAgent", 1000);
    private static final List<String> OTHERS = List.of(
            "sub1",
            "sub2",
            "sub3",
            "sub4",
            "sub5",
            "utmSource",
            "utmMedium",
            "utmCampaign",
            "utmTerm",
            "utmContent",
            "gclid",
            "fbclid",
            "msclkid",
            "ttclid");

    private final SandboxSettings common;
    private final AffonsoDialect.Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;

    AffonsoClicks(SandboxSettings common, AffonsoDialect.Settings settings, RandomIds ids, Ledger ledger) {
        this.common = common;
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
    }

    Answer click(VendorCall call) {
        JsonBody body = call.body();
        String program = body.required("programId");
        String tracking = body.required("trackingId");
        LONGEST.forEach((field, longest) -> check(body, field, longest));
        OTHERS.forEach(field -> check(body, field, 255));
        body.optional("createdAt");
        @Nullable String problem = body.problem();
        if (problem != null) {
            return AffonsoReplies.invalid(problem, Subject.NOBODY);
        }
        Subject subject = new Subject(null, null, null, null);
        if (!program.equals(settings.programId())) {
            return AffonsoReplies.notFound("no program of this team has this id", subject);
        }
        if (!common.partners().contains(tracking)) {
            String why = tracking.equals(settings.inactivePartner())
                    ? "the affiliate has no approved partnership with the program"
                    : "no affiliate has this tracking id";
            return AffonsoReplies.notFound(why, subject);
        }
        Click click = ledger.find(
                        AffonsoDialect.NAME, ledger.click(AffonsoDialect.NAME, tracking, "clk_" + ids.next(20)))
                .orElseThrow();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("id", click.id());
        data.put("tracking_id", tracking);
        data.put("program_id", program);
        data.put("created_at", click.at().toString());
        String why = "click on a link of " + tracking;
        return new Answer(201, AffonsoReplies.success(data), Verdict.RECORDED, why, subject.referredBy(click));
    }

    private static void check(JsonBody body, String field, int longest) {
        @Nullable String value = body.optional(field);
        if (value != null && value.length() > longest) {
            body.refuse(field + " is longer than " + longest + " characters");
        }
    }
}
