package io.reftrail.backend.declared;

import io.reftrail.model.InvalidSettingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A value of a declaration and its position, so that a message can name the line. */
final class Place {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String source;
    private final String pointer;
    private final JsonNode node;
    private final Supplier<Map<String, Integer>> lines;

    private Place(String source, String pointer, JsonNode node, Supplier<Map<String, Integer>> lines) {
        this.source = source;
        this.pointer = pointer;
        this.node = node;
        this.lines = lines;
    }

    /**
     * Returns the root of a document.
     *
     * @param source the name of the document in messages
     * @throws InvalidSettingException if it is not a JSON object
     */
    static Place root(String source, String json) {
        try {
            Place root = new Place(source, "", MAPPER.readTree(json), () -> lines(json));
            root.expect(root.node.isObject(), "the declaration is not an object", "Write a JSON object.");
            return root;
        } catch (JacksonException noJson) {
            int line = noJson.getLocation() == null ? 0 : noJson.getLocation().getLineNr();
            throw new InvalidSettingException(
                    source,
                    "line " + line + ": the declaration is no JSON: " + noJson.getOriginalMessage(),
                    "Correct the document there.");
        }
    }

    /**
     * Returns the root of a document that was read elsewhere.
     *
     * @param lines the line of each value, by its JSON Pointer; empty if unknown
     */
    static Place root(String source, Map<String, ?> document, Map<String, Integer> lines) {
        return new Place(source, "", MAPPER.valueToTree(document), () -> lines);
    }

    /** Returns the line of each value by its JSON Pointer, which only a message needs. */
    private static Map<String, Integer> lines(String json) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
                    lines.putIfAbsent(
                            parser.streamReadContext().pathAsPointer().toString(),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        }
        return lines;
    }

    JsonNode node() {
        return node;
    }

    /** Returns the last name of the pointer. */
    String key() {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    private Place at(String key, JsonNode value) {
        return new Place(source, pointer + "/" + key.replace("~", "~0").replace("/", "~1"), value, lines);
    }

    /** Returns the value of a key, or {@code null} if there is none. */
    @Nullable
    Place find(String key) {
        JsonNode value = node.get(key);
        return value == null ? null : at(key, value);
    }

    /** Returns the value of a required key. */
    Place get(String key) {
        Place found = find(key);
        if (found == null) {
            throw invalid("'" + key + "' is missing", "Add it.");
        }
        return found;
    }

    /** Returns the values of an object, in their order. */
    List<Place> fields() {
        expect(node.isObject(), "this is no object", "Write an object in braces.");
        List<Place> fields = new ArrayList<>();
        node.properties().forEach(field -> fields.add(at(field.getKey(), field.getValue())));
        return fields;
    }

    /** Returns the elements of an array. */
    List<Place> elements() {
        expect(node.isArray(), "this is no list", "Write a list in brackets.");
        List<Place> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(at(Integer.toString(elements.size()), element));
        }
        return elements;
    }

    /** Checks that an object has no other keys than these. */
    Place only(Set<String> keys) {
        for (Place field : fields()) {
            if (!keys.contains(field.key())) {
                throw field.invalid("there is no key '" + field.key() + "' here", oneOf(keys));
            }
        }
        return this;
    }

    String text() {
        expect(node.isString() && !node.stringValue().isBlank(), "this is no text", "Write a text in quotes.");
        return node.stringValue();
    }

    /** Returns one of these words. */
    String word(Set<String> words) {
        String word = text();
        expect(words.contains(word), "'" + word + "' is not possible here", oneOf(words));
        return word;
    }

    boolean flag() {
        expect(node.isBoolean(), "this is neither true nor false", "Write true or false without quotes.");
        return node.booleanValue();
    }

    int number(int least, int most) {
        boolean within = node.isInt() && node.intValue() >= least && node.intValue() <= most;
        expect(within, "this is no number from " + least + " to " + most, "Write one without quotes.");
        return node.intValue();
    }

    void expect(boolean condition, String problem, String action) {
        if (!condition) {
            throw invalid(problem, action);
        }
    }

    InvalidSettingException invalid(String problem, String action) {
        Integer line = lines.get().get(pointer);
        String where = (line == null ? "" : "line " + line + ", ") + (pointer.isEmpty() ? "the document" : pointer);
        return new InvalidSettingException(source, where + ": " + problem, action);
    }

    static String oneOf(Collection<String> words) {
        return "Write one of: " + String.join(", ", new TreeSet<>(words)) + ".";
    }
}
