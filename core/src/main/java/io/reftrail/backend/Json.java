package io.reftrail.backend;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes bodies and reads replies. A reply that is no JSON is an answer too, so reading never throws. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** No vendor documents how long its ids are; this keeps them far from the limits of cookies and headers. */
    static final int MAX_ID_LENGTH = 512;

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1," + MAX_ID_LENGTH + "}");

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ObjectNode object(Map<String, String> fields) {
        ObjectNode object = object();
        new TreeMap<>(fields).forEach(object::put);
        return object;
    }

    /** Writes a text unless there is none. */
    static void putText(ObjectNode object, String field, @Nullable String value) {
        putText(object, field, value, Integer.MAX_VALUE);
    }

    /** Writes a text unless there is none, or it is longer than the vendor takes. */
    static void putText(ObjectNode object, String field, @Nullable String value, int maxLength) {
        if (value != null && !value.isBlank() && value.length() <= maxLength) {
            object.put(field, value);
        }
    }

    /** Writes an object unless it is empty. */
    static void putObject(ObjectNode object, String field, ObjectNode value) {
        if (!value.isEmpty()) {
            object.set(field, value);
        }
    }

    /** Returns the document, or {@code null} if the text is empty or no JSON. */
    static @Nullable JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JacksonException noJson) {
            return null;
        }
    }

    /** Returns the text of a string field, or the empty string. */
    static String text(@Nullable JsonNode node, String field) {
        JsonNode value = node == null ? null : node.get(field);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    /** Returns an id that can be kept, or the empty string: a vendor's id is opaque, but has no spaces and some end. */
    static String id(@Nullable JsonNode node, String field) {
        String id = text(node, field);
        return ID.matcher(id).matches() ? id : "";
    }

    static @Nullable JsonNode child(@Nullable JsonNode node, String field) {
        return node == null ? null : node.get(field);
    }

    static boolean isTrue(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    static boolean isFalse(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isBoolean() && !value.booleanValue();
    }

    /** Whether the field is there and says {@code null}. */
    static boolean isNull(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isNull();
    }

    static boolean isObject(@Nullable JsonNode node, String field) {
        JsonNode value = child(node, field);
        return value != null && value.isObject();
    }
}
