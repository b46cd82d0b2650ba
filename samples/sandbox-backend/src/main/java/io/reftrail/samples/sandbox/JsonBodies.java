package io.reftrail.samples.sandbox;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads request bodies. What is no JSON object, or not declared as JSON, is an empty one with a problem. */
@Component
final class JsonBodies {

    private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;.*)?");

    private final JsonMapper json;

    JsonBodies(JsonMapper json) {
        this.json = json;
    }

    JsonBody read(@Nullable String contentType, byte[] bytes) {
        if (contentType == null || !JSON.matcher(contentType).matches()) {
            return JsonBody.broken("the Content-Type is not application/json");
        }
        try {
            JsonNode node = json.readTree(bytes);
            return node.isObject() ? new JsonBody(node, null) : JsonBody.broken("the body is not a JSON object");
        } catch (JacksonException malformed) {
            return JsonBody.broken("the body is not well-formed JSON");
        }
    }
}
