package io.reftrail.outbox.jdbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the fields of our own JSON. Fields that are not asked for are passed over. */
record JsonFields(JsonNode node) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** @throws IllegalArgumentException if the text is no JSON */
    static JsonFields read(String text) {
        try {
            return new JsonFields(MAPPER.readTree(text));
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("no JSON", broken);
        }
    }

    static JsonGenerator generator(java.io.Writer to) {
        return MAPPER.createGenerator(to);
    }

    static void writePresent(JsonGenerator generator, String name, @Nullable Object value) {
        if (value != null) {
            generator.writeStringProperty(name, value.toString());
        }
    }

    static void writeMap(JsonGenerator generator, String name, Map<String, String> map) {
        if (!map.isEmpty()) {
            generator.writeObjectPropertyStart(name);
            map.forEach(generator::writeStringProperty);
            generator.writeEndObject();
        }
    }

    JsonFields object(String field) {
        return new JsonFields(node.path(field));
    }

    Map<String, String> map(String field) {
        Map<String, String> map = new LinkedHashMap<>();
        node.path(field)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
        return map;
    }

    /** @throws IllegalArgumentException if it is not there */
    String required(String field) {
        String text = optional(field);
        if (text == null) {
            throw new IllegalArgumentException("no " + field);
        }
        return text;
    }

    @Nullable
    String optional(String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString() : null;
    }

    /** @throws IllegalArgumentException if it is there and no time */
    @Nullable
    Instant instant(String field) {
        String text = optional(field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException broken) {
            throw new IllegalArgumentException("no time in " + field, broken);
        }
    }

    /** @throws IllegalArgumentException if it is there and no time */
    Instant occurredAt() {
        Instant occurredAt = instant("occurredAt");
        return occurredAt == null ? Instant.EPOCH : occurredAt;
    }
}
