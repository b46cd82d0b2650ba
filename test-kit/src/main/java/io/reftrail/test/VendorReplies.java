package io.reftrail.test;

import static io.reftrail.model.Event.Type.CLICK;
import static io.reftrail.model.Event.Type.LEAD;
import static io.reftrail.model.Event.Type.REFUND;
import static io.reftrail.model.Event.Type.SALE;
import static io.reftrail.model.Event.Type.TRIAL;
import static io.reftrail.model.Outcome.Verdict.DUPLICATE;
import static io.reftrail.model.Outcome.Verdict.IGNORED;
import static io.reftrail.model.Outcome.Verdict.RECORDED;
import static io.reftrail.model.Outcome.Verdict.REJECTED;

import io.reftrail.backend.HttpReply;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredCalls;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** The vendors' answers for each verdict, from {@code docs/backends.md} and from the declarations of backends. */
final class VendorReplies {

    /** The placeholder of an id in an answer. */
    private static final String ID = "$id";

    private static final String AFFONSO_ERROR = "{\"success\":false,\"error\":{\"code\":\"%s\",\"message\":\"No\"}}";

    /**
     * An answer.
     *
     * @param status the status code
     * @param body the JSON
     */
    record Reply(int status, String body) {

        HttpReply now() {
            return new HttpReply(status, null, body, Instant.now());
        }
    }

    private record Row(String backend, List<Event.Type> types, Verdict verdict, Reply reply) {}

    private static final List<Row> ROWS = List.of(
            row("introw", RECORDED, 201, "{\"status\":\"recorded\",\"conversionId\":$id}", LEAD, SALE),
            row("introw", DUPLICATE, 200, "{\"status\":\"duplicate\"}", LEAD, SALE),
            row("introw", IGNORED, 200, "{\"status\":\"ignored\",\"conversionId\":null}", LEAD, SALE),
            row("introw", REJECTED, 422, "{\"message\":\"clickId\"}", LEAD, SALE),
            row("refport", RECORDED, 200, "{\"eventName\":\"Sign Up\"}", LEAD, SALE),
            row("refport", IGNORED, 200, "null", LEAD, SALE),
            row("refport", REJECTED, 400, "{\"error\":{\"code\":\"INVALID_CLICK_ID\"}}", LEAD, SALE),
            row("dub", RECORDED, 200, "{\"clickId\":$id,\"partner\":null}", CLICK),
            row("dub", RECORDED, 200, "{\"click\":{\"id\":$id},\"link\":{\"id\":\"link_1\"},\"customer\":{}}", LEAD),
            row("dub", RECORDED, 200, "{\"eventName\":\"Purchase\",\"customer\":{},\"sale\":{}}", SALE),
            row("dub", DUPLICATE, 200, "{\"click\":null,\"link\":null,\"customer\":null}", LEAD),
            row("dub", IGNORED, 200, "{\"eventName\":\"Purchase\",\"customer\":null,\"sale\":null}", SALE),
            row("dub", REJECTED, 404, "{\"error\":{\"code\":\"not_found\"}}", CLICK, LEAD),
            row("dub", REJECTED, 422, "{\"error\":{\"code\":\"unprocessable_entity\"}}", SALE),
            row("affitor", RECORDED, 200, "{\"success\":true,\"click_id\":$id}", CLICK),
            row("affitor", RECORDED, 200, "{\"success\":true}", LEAD),
            row("affitor", RECORDED, 200, "{\"success\":true,\"commission_id\":$id}", SALE),
            row("affitor", RECORDED, 200, "{\"success\":true,\"status\":\"reversed\"}", REFUND),
            row("affitor", DUPLICATE, 400, "{\"error\":\"Customer cannot be updated to lead\"}", LEAD),
            row("affitor", DUPLICATE, 409, "{\"error\":\"duplicate transaction\"}", SALE),
            row("affitor", DUPLICATE, 200, "{\"success\":true,\"status\":\"skipped\"}", REFUND),
            row("affitor", IGNORED, 200, "{\"success\":false}", CLICK),
            row("affitor", IGNORED, 200, "{\"success\":true,\"attributed\":false}", SALE),
            row("affitor", IGNORED, 200, "{\"success\":true,\"status\":\"no_commission\"}", REFUND),
            row("affitor", REJECTED, 400, "{\"error\":\"invalid\"}", CLICK, LEAD, SALE, REFUND),
            row("affonso", RECORDED, 201, "{\"success\":true,\"data\":{\"id\":$id,\"status\":\"lead\"}}", CLICK, LEAD),
            row("affonso", RECORDED, 201, "{\"success\":true,\"data\":{\"id\":$id}}", SALE),
            row("affonso", RECORDED, 200, "{\"success\":true,\"data\":{\"id\":$id}}", REFUND),
            row("affonso", RECORDED, 200, "{\"success\":true,\"data\":{\"event_type\":\"trial\"}}", TRIAL),
            row("affonso", DUPLICATE, 200, "{\"success\":true,\"data\":{\"id\":$id,\"status\":\"lead\"}}", LEAD),
            row("affonso", DUPLICATE, 409, AFFONSO_ERROR.formatted("DUPLICATE_ERROR"), SALE, REFUND, TRIAL),
            row(
                    "affonso",
                    REJECTED,
                    400,
                    AFFONSO_ERROR.formatted("VALIDATION_ERROR"),
                    CLICK,
                    LEAD,
                    SALE,
                    REFUND,
                    TRIAL),
            row("affihub", RECORDED, 200, "{}", CLICK),
            row("affihub", REJECTED, 422, "{}", CLICK));

    /** The answers of the vendors whose backends are declared: each row of a declaration describes one. */
    private static final List<Row> DECLARED = BackendDeclaration.shipped().stream()
            .flatMap(VendorReplies::declared)
            .toList();

    private VendorReplies() {}

    /** A JSON object is a refusal at any vendor, so a declaration needs no row for one. */
    private static Stream<Row> declared(String backend) {
        return DeclaredCalls.rows(BackendDeclaration.shipped(backend)).stream().flatMap(row -> {
            HttpReply reply = row.replies().get(0);
            String body = reply.body().replace("\"click-id-1\"", ID);
            return Stream.of(
                    row(backend, row.outcome().verdict(), reply.status(), body, row.type()),
                    row(backend, REJECTED, 400, "{}", row.type()));
        });
    }

    private static Stream<Row> rows() {
        return Stream.concat(ROWS.stream(), DECLARED.stream());
    }

    private static Row row(String backend, Verdict verdict, int status, String body, Event.Type... types) {
        return new Row(backend, List.of(types), verdict, new Reply(status, body));
    }

    /** Returns whether a vendor has such an answer to any kind of event. */
    static boolean has(String backend, Verdict verdict) {
        return rows().anyMatch(row -> row.backend().equals(backend) && row.verdict() == verdict);
    }

    /** Returns the answer, or {@code null} if the vendor has none with this verdict for the event. */
    static @Nullable Reply of(String backend, Event event, Verdict verdict) {
        return rows().filter(row -> row.backend().equals(backend))
                .filter(row -> row.types().contains(event.type()) && row.verdict() == verdict)
                .map(row -> new Reply(row.reply().status(), row.reply().body().replace(ID, id(event))))
                .findFirst()
                .orElse(null);
    }

    private static String id(Event event) {
        String id = event instanceof Click click ? "clk_" + click.code() : event.type() + "_1";
        return StringNode.valueOf(id).toString();
    }
}
