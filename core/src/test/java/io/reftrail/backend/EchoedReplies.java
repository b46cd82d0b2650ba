package io.reftrail.backend;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The ways in which an answer of a backend can echo what it was told: each of its texts in turn is replaced by the echo. */
final class EchoedReplies {

    private final String body;
    private final JsonNode document;

    EchoedReplies(String body) {
        this.body = body;
        this.document = parse(body);
    }

    private static JsonNode parse(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }

    List<String> echoing(String echo) {
        List<String> echoes = new ArrayList<>(List.of(body, echo, "\"" + echo + "\"", "<html>" + echo));
        if (document.isObject()) {
            replaceIn(document, echo, echoes);
            for (String field : List.of("message", "error", "status", "code", "reason", "email")) {
                echoes.add(((ObjectNode) document.deepCopy()).put(field, echo).toString());
            }
        }
        return echoes;
    }

    private void replaceIn(JsonNode node, String echo, List<String> echoes) {
        if (node instanceof ObjectNode object) {
            for (String field : List.copyOf(object.propertyNames())) {
                JsonNode value = object.get(field);
                if (!value.isContainer()) {
                    object.put(field, echo);
                    echoes.add(document.toString());
                    object.set(field, value);
                }
                replaceIn(value, echo, echoes);
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> replaceIn(element, echo, echoes));
        }
    }
}
