package io.reftrail.backend;

import io.reftrail.model.Outcome.Verdict;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Which final verdicts the rows of a table make a vendor's own words. */
record ListedReplies(List<OutcomeRow> rows) {

    /**
     * The very body is the vendor's own word with another 2xx too, and one that says no says so with any status; so does a
     * like document with the very status.
     */
    boolean settle(HttpReply reply, Verdict verdict) {
        return rows.stream()
                .filter(row -> row.verdict() == verdict)
                .anyMatch(row -> row.reply().body().equals(reply.body())
                        ? verdict != Verdict.RECORDED || row.status() / 100 == reply.status() / 100
                        : row.status() == reply.status()
                                && areAlike(parse(row.reply().body()), parse(reply.body())));
    }

    /** A vendor's refusal is a document, unless the vendor is known to refuse without one. */
    boolean refuse(HttpReply reply) {
        return parse(reply.body()).isObject()
                || rows.stream()
                        .anyMatch(row -> row.status() == reply.status()
                                && row.verdict().isFinal()
                                && !parse(row.reply().body()).isObject());
    }

    /** One field in common is enough, because a vendor may leave out the others; an empty row asks for none. */
    private static boolean areAlike(JsonNode row, JsonNode reply) {
        return row.isObject()
                && reply.isObject()
                && (row.isEmpty()
                        || row.properties().stream()
                                .anyMatch(field -> areAlikeValues(field.getValue(), reply.path(field.getKey()))));
    }

    private static boolean areAlikeValues(JsonNode row, JsonNode reply) {
        return row.isContainer() ? row.getNodeType() == reply.getNodeType() : row.equals(reply);
    }

    private static JsonNode parse(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }
}
