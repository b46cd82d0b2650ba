package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings.Setting;
import io.reftrail.backend.TrackingBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What editors know of the backends' properties follows from the vendors' declarations. With
 * {@code -Dreftrail.write-docs=true} the metadata is rewritten instead of compared.
 */
class BackendMetadataTests {

    private static final Path METADATA =
            Path.of("src", "main", "resources", "META-INF", "additional-spring-configuration-metadata.json");
    private static final String COMMAND =
            "mvn -q -B -pl spring-boot-starter -am test -Dtest=BackendMetadataTests -Dreftrail.write-docs=true"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static Stream<Setting> settings() {
        return BackendProvider.all().stream().flatMap(vendor -> vendor.all().stream());
    }

    private static String name(Setting setting) {
        return ConfiguredBackends.PREFIX + setting.name();
    }

    private static @Nullable Object bind(Setting setting, String text) {
        return ConfiguredBackends.value(
                new Binder(new MapConfigurationPropertySource(Map.of(name(setting), text))), setting);
    }

    @Test
    void isWhatTheVendorsDeclare() throws IOException {
        String metadata = Files.readString(METADATA);
        String generated = generate(metadata);
        if (Boolean.getBoolean("reftrail.write-docs")) {
            Files.writeString(METADATA, generated);
        } else {
            assertThat(metadata)
                    .as("%s is not what the vendors declare; rewrite it with%n%s%n", METADATA, COMMAND)
                    .isEqualTo(generated);
        }
    }

    private static String generate(String metadata) {
        ObjectNode root = (ObjectNode) MAPPER.readTree(metadata);
        replace(root, "properties", settings().map(BackendMetadataTests::property));
        replace(
                root,
                "hints",
                settings().filter(setting -> !values(setting).isEmpty()).map(BackendMetadataTests::hint));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return MAPPER.writer().with(printer).writeValueAsString(root) + "\n";
    }

    private static void replace(ObjectNode root, String part, Stream<ObjectNode> own) {
        List<String> prefixes = BackendProvider.all().stream()
                .map(vendor -> ConfiguredBackends.PREFIX + vendor.backend() + ".")
                .toList();
        List<JsonNode> all = new ArrayList<>();
        root.withArray(part).forEach(entry -> {
            if (prefixes.stream().noneMatch(entry.get("name").asString()::startsWith)) {
                all.add(entry);
            }
        });
        own.forEach(all::add);
        all.sort((one, other) ->
                one.get("name").asString().compareTo(other.get("name").asString()));
        ArrayNode entries = root.putArray(part);
        all.forEach(entries::add);
    }

    private static ObjectNode property(Setting setting) {
        String type = setting.type() == List.class
                ? "java.util.List<java.lang.String>"
                : setting.type().getName();
        ObjectNode property = MAPPER.createObjectNode()
                .put("name", name(setting))
                .put("type", type)
                .put("description", setting.description().replace("`", "") + ".");
        Object value = setting.defaultValue();
        if (value instanceof Boolean flag) {
            property.put("defaultValue", flag);
        } else if (value instanceof Integer number) {
            property.put("defaultValue", number);
        } else if (!setting.defaultText().isEmpty()) {
            property.put("defaultValue", setting.defaultText());
        }
        return property;
    }

    private static ObjectNode hint(Setting setting) {
        ObjectNode hint = MAPPER.createObjectNode().put("name", name(setting));
        ArrayNode values = hint.putArray("values");
        values(setting).forEach((value, description) -> {
            ObjectNode entry = values.addObject();
            if (setting.type() == Integer.class) {
                entry.put("value", Integer.valueOf(value));
            } else {
                entry.put("value", value);
            }
            if (!description.isEmpty()) {
                entry.put("description", description);
            }
        });
        return hint;
    }

    /** Flags and constants have no hints: an editor offers their values. */
    private static Map<String, String> values(Setting setting) {
        Map<String, String> values = new LinkedHashMap<>();
        if (setting.name().endsWith(".base-url")) {
            if (!setting.defaultText().isEmpty()) {
                values.put(setting.defaultText(), "The vendor's API.");
            }
            values.put("http://localhost:9090/" + setting.name().replaceFirst("\\..*", ""), "The sandbox of ./demo.");
        } else if (setting.name().endsWith(".api-key")) {
            values.put(setting.example(), "A variable or a file of a config tree; keep the key out of the repository.");
        } else if (setting.type() == Integer.class) {
            values.put("0", "No limit.");
            values.put("60", "One per second.");
            values.put("300", "");
            values.put("600", "");
        } else if (setting.type() == List.class && setting.example() == null) {
            Stream.of(setting.defaultText().split(",")).forEach(value -> values.put(value, ""));
        } else if (setting.type() == Duration.class) {
            Stream.of(setting.defaultText(), "60d", "90d").forEach(value -> values.put(value, ""));
        } else if (setting.type() == String.class || setting.type() == List.class) {
            values.put(setting.example() == null ? setting.defaultText() : setting.example(), "");
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aDefaultIsBoundFromItsText(Setting setting) {
        Object expected = setting.defaultText().isEmpty() ? null : setting.defaultValue();

        assertThat(bind(setting, setting.defaultText()))
                .isEqualTo(setting.type() == List.class && expected == null ? List.of() : expected);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachValueThatIsOfferedCanBeBound(Setting setting) {
        values(setting)
                .keySet()
                .forEach(value -> assertThat(bind(setting, value)).as(value).isNotNull());
    }

    @Test
    void noBackendShowsItsKey() {
        Map<String, String> keys = settings()
                .filter(setting -> setting.name().matches(".*\\.(api-key|(program|account|network|sale-event)-id)"))
                .collect(Collectors.toMap(BackendMetadataTests::name, setting -> "s3cret"));
        settings()
                .filter(setting -> setting.name().endsWith(".currency"))
                .forEach(setting -> keys.put(name(setting), "EUR"));
        keys.put(ConfiguredBackends.PREFIX + "everflow.base-url", "https://tracking.example");
        Binder binder = new Binder(new MapConfigurationPropertySource(keys));
        List<TrackingBackend> backends = BackendProvider.all().stream()
                .map(vendor -> vendor.create(setting -> ConfiguredBackends.value(binder, setting)))
                .toList();

        assertThat(backends).hasSize(BackendProvider.all().size()).doesNotContainNull();
        assertThat(backends.toString()).doesNotContain("s3cret");
    }
}
