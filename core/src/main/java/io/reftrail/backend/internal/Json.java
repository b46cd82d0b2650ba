package io.reftrail.backend.internal;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of requests and replies. Reading never throws, because a reply may be anything. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The longest id that is kept. No vendor documents a limit; this stays far below the limits of cookies and headers. */
    public static final int MAX_ID_LENGTH = 512;

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1," + MAX_ID_LENGTH + "}");

    private Json() {}

    /** Returns an empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Returns an object with these fields, ordered by their names. */
    public static ObjectNode object(Map<String, String> fields) {
        ObjectNode object = object();
        new TreeMap<>(fields).forEach(object::put);
        return object;
    }

    /** Writes a text unless it is missing or blank. */
    public static void putText(ObjectNode object, String field, @Nullable String value) {
        putText(object, field, value, Integer.MAX_VALUE);
    }

    /** Writes a text unless it is missing, blank, or longer than the vendor accepts. */
    public static void putText(ObjectNode object, String field, @Nullable String value, int maxLength) {
        if (value != null && !value.isBlank() && value.length() <= maxLength) {
            object.put(field, value);
        }
    }

    /** Writes an object unless it is empty. */
    public static void putObject(ObjectNode object, String field, ObjectNode value) {
        if (!value.isEmpty()) {
            object.set(field, value);
        }
    }

    /** Returns the document, or {@code null} if the text is empty or not JSON. */
    public static @Nullable JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    /** Returns the text of a string field, or the empty string. */
    public static String text(@Nullable JsonNode node, String field) {
        JsonNode value = node == null ? null : node.get(field);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    /** Returns an id that can be kept, or the empty string. A vendor's id is opaque, but has no spaces and a bounded length. */
    public static String id(@Nullable JsonNode node, String field) {
        String id = text(node, field);
        return ID.matcher(id).matches() ? id : "";
    }

    /** Returns a field, or {@code null} if there is none. */
    public static @Nullable JsonNode child(@Nullable JsonNode node, String field) {
        return node == null ? null : node.get(field);
    }

    /** Returns whether a field is {@code true}. */
    public static boolean isTrue(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /** Returns whether a field is {@code false}. */
    public static boolean isFalse(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isBoolean() && !value.booleanValue();
    }

    /** Returns whether a field is present and {@code null}. */
    public static boolean isNull(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isNull();
    }

    /** Returns whether a field is an object. */
    public static boolean isObject(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isObject();
    }
}
