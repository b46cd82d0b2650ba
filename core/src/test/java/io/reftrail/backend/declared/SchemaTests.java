package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that editors complete by, and the reader that the start checks by, know the same document. */
class SchemaTests {

    private static final String TEXT = resource(BackendDeclaration.SCHEMA);
    private static final JsonNode TREE = JsonMapper.shared().readTree(TEXT);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static String resource(String name) {
        try (InputStream stream = BackendDeclaration.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void everyKeyOfTheReaderIsInTheSchemaAndTheOtherWayRound() {
        Map<String, Set<String>> reader = new TreeMap<>(Map.of(
                "", DeclarationReader.KEYS,
                "/$defs/setting", DeclarationReader.SETTING_KEYS,
                "/$defs/rule", DeclarationReader.CAPTURE_KEYS,
                "/$defs/authentication", DeclarationReader.AUTHENTICATION_KEYS,
                "/$defs/authentication/properties/basic", DeclarationReader.BASIC_KEYS,
                "/$defs/rate", DeclarationReader.RATE_KEYS,
                "/properties/calls", DeclarationReader.CALLS,
                "/$defs/call", DeclarationReader.CALL_KEYS,
                "/$defs/requirement", DeclarationReader.REQUIRES_KEYS,
                "/$defs/answer", Answer.KEYS));
        reader.put("/$defs/checkout", DeclarationReader.CHECKOUT_KEYS);
        Map<String, Set<String>> schema = new TreeMap<>();
        closedObjects("", TREE, schema);
        assertThat(schema).isEqualTo(reader);
    }

    /** Those objects of the schema that have no other keys than it names. */
    private static void closedObjects(String pointer, JsonNode node, Map<String, Set<String>> found) {
        JsonNode more = node.path("additionalProperties");
        if (node.has("properties") && more.isBoolean() && !more.booleanValue()) {
            found.put(pointer, new TreeSet<>(node.get("properties").propertyNames()));
        }
        node.properties().forEach(field -> closedObjects(pointer + "/" + field.getKey(), field.getValue(), found));
    }

    static java.util.List<String> shipped() {
        return BackendDeclaration.shipped();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatComesWithReftrailIsValid(String name) {
        assertThat(SCHEMA.validate(resource(name + ".json"), InputFormat.JSON)).isEmpty();
        assertThat(BackendDeclaration.shipped(name).name()).isEqualTo(name);
    }

    /** What the reader refuses for its form, the schema refuses too, so that an editor shows it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\": \"Acme\"",
                "\"colour\": \"red\"",
                "\"base-url\": \"ftp://x\"",
                "\"rate\": {\"calls\": 0, \"per\": \"1s\"}",
                "\"calls\": {}",
                "\"calls\": {\"lead\": {\"path\": \"/x\", \"answers\": []}}",
                "\"calls\": {\"lead\": {\"path\": \"x\", \"repeat\": \"recognised\", \"answers\": [{\"status\": 200, \"outcome\": \"recorded\"}]}}",
                "\"calls\": {\"lead\": {\"path\": \"/x\", \"repeat\": \"recognised\", \"answers\": [{\"status\": 99, \"outcome\": \"recorded\"}]}}",
                "\"capture\": [{\"cookie\": \"a\"}]",
                "\"capture\": []",
                "\"headers\": {\"X A\": \"1\"}",
            })
    void bothRefuseTheSame(String wrong) {
        Map<String, Object> whole = new TreeMap<>(JsonMapper.shared().readValue("""
                {"name": "acme", "base-url": "https://a.example",
                 "capture": [{"parameters": ["a"], "cookie": "a", "window": "30d"}],
                 "calls": {"lead": {"path": "/x", "repeat": "recognised", "answers": [{"status": 200, "outcome": "recorded"}]}}}
                """, OBJECT));
        assertThat(SCHEMA.validate(JsonMapper.shared().writeValueAsString(whole), InputFormat.JSON))
                .isEmpty();
        whole.putAll(JsonMapper.shared().readValue("{" + wrong + "}", OBJECT));
        String text = JsonMapper.shared().writeValueAsString(whole);
        assertThat(SCHEMA.validate(text, InputFormat.JSON)).as(text).isNotEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> BackendDeclaration.of("acme", text))
                .as(text)
                .isInstanceOf(io.reftrail.model.InvalidSettingException.class);
    }
}
