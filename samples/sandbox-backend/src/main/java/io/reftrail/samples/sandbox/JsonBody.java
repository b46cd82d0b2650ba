package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request body that is checked while it is read and remembers the first thing that is wrong with it, so that a dialect
 * reads all fields first (the feed wants them too) and asks for the problem afterwards.
 *
 * <p>Stricter than the contracts promise in one point: where they say "string", an explicit {@code null} is refused. What
 * passes here therefore does not depend on how lenient a vendor happens to be.
 */
final class JsonBody {

    private final JsonNode root;
    private @Nullable String problem;

    JsonBody(JsonNode root, @Nullable String problem) {
        this.root = root;
        this.problem = problem;
    }

    static JsonBody broken(String problem) {
        return new JsonBody(JsonNodeFactory.instance.objectNode(), problem);
    }

    String required(String field) {
        String value = optional(field);
        if (value == null || value.isEmpty()) {
            refuse(field + " is required");
            return "";
        }
        return value;
    }

    @Nullable
    String optional(String field) {
        JsonNode node = root.get(field);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            refuse(field + " must be a string");
            return null;
        }
        return node.stringValue();
    }

    /** A string that may be {@code null} or absent, of a length that the contract allows. */
    @Nullable
    String nullable(String field, int longest) {
        JsonNode node = root.get(field);
        @Nullable String value = node == null || node.isNull() ? null : optional(field);
        if (value != null && value.length() > longest) {
            refuse(field + " is longer than " + longest + " characters");
        }
        return value;
    }

    /** One of some words, the first of them if the field is absent. */
    String oneOf(String field, List<String> words) {
        String value = requireNonNullElse(optional(field), words.get(0));
        if (!words.contains(value)) {
            refuse(field + " must be one of " + String.join(", ", words));
        }
        return value;
    }

    void optionalObject(String field) {
        within(field);
    }

    /** The object in this field, an empty one if the field is absent. */
    JsonBody within(String field) {
        JsonNode node = root.get(field);
        if (node != null && !node.isObject()) {
            refuse(field + " must be an object");
        }
        return node != null && node.isObject() ? new JsonBody(node, null) : broken("");
    }

    /** An object that may be {@code null} or absent, not longer as JSON than the contract allows. */
    void nullableObject(String field, int longest) {
        JsonNode node = root.get(field);
        if (node != null && !node.isNull() && !node.isObject()) {
            refuse(field + " must be an object");
        } else if (node != null && node.toString().length() > longest) {
            refuse(field + " is longer than " + longest + " characters as JSON");
        }
    }

    /** Returns an object as it was sent, or {@code null}. */
    @Nullable
    Object object(String field) {
        JsonNode node = root.get(field);
        return node != null && node.isObject() ? node : null;
    }

    boolean flag(String field) {
        JsonNode node = root.get(field);
        if (node != null && !node.isBoolean()) {
            refuse(field + " must be true or false");
        }
        return node != null && node.isBoolean() && node.booleanValue();
    }

    /** Returns a string or a number as text, or {@code null}. */
    @Nullable
    String scalar(String field) {
        JsonNode node = root.get(field);
        return node != null && (node.isString() || node.isNumber()) ? node.asString() : null;
    }

    /** A number as it was written, {@code null} if the field is absent. */
    @Nullable
    BigDecimal number(String field) {
        JsonNode node = root.get(field);
        if (node == null || node.isNumber()) {
            return node == null ? null : node.decimalValue();
        }
        refuse(field + " must be a number");
        return null;
    }

    /** As {@link #number}, but the field may be {@code null}. */
    @Nullable
    BigDecimal nullableNumber(String field) {
        JsonNode node = root.get(field);
        return node == null || node.isNull() ? null : number(field);
    }

    boolean has(String field) {
        return root.has(field);
    }

    /** A required amount of money in the smallest unit of its currency: a whole number, not negative. */
    long requiredMinorUnits(String field) {
        JsonNode node = root.get(field);
        if (node == null || !node.isNumber()) {
            refuse(field + " is required and must be a number");
            return 0;
        }
        if (!node.canConvertToExactIntegral() || !node.canConvertToLong() || node.longValue() < 0) {
            refuse(field + " must be a whole number of the smallest currency unit");
            return 0;
        }
        return node.longValue();
    }

    void refuse(String why) {
        if (problem == null) {
            problem = why;
        }
    }

    /** The first thing that is wrong, or {@code null} when nothing is. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Reads request bodies. What is no JSON object, or not declared as JSON, is an empty one with a problem. */
    @Component
    static final class JsonBodies {

        private static final Pattern FORM = Pattern.compile("(?i)application/x-www-form-urlencoded\\s*(;.*)?");
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

        /** Reads a form as an object of strings; a name that is there twice is a problem. */
        JsonBody form(@Nullable String contentType, byte[] bytes) {
            if (contentType == null || !FORM.matcher(contentType).matches()) {
                return JsonBody.broken("the Content-Type is not application/x-www-form-urlencoded");
            }
            ObjectNode fields = json.createObjectNode();
            for (String pair : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
                if (fields.has(name)) {
                    return JsonBody.broken(name + " is there twice");
                }
                if (!name.isEmpty()) {
                    fields.put(name, parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
                }
            }
            return new JsonBody(fields, null);
        }
    }
}
