package io.reftrail.spring.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The descriptions and example values of properties, from Reftrail's configuration metadata. */
final class PropertyMetadata {

    private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

    private static final String PREFIX = "reftrail.";

    /** What the metadata writes around and in a list, and a properties file does not. */
    private static final Pattern LIST = Pattern.compile("^\\[|]$|(?<=,) ");

    private final Map<String, String> descriptions = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();

    /** Reads the metadata of the class path. What cannot be read is missing: whoever asks has a failure to report already. */
    PropertyMetadata() {
        try {
            for (URL metadata :
                    Collections.list(PropertyMetadata.class.getClassLoader().getResources(LOCATION))) {
                read(metadata);
            }
        } catch (IOException | JacksonException unreadable) {
            descriptions.clear();
        }
    }

    private void read(URL metadata) throws IOException {
        try (InputStream content = metadata.openStream()) {
            JsonNode root = JsonMapper.shared().readTree(content);
            root.path("hints")
                    .forEach(hint -> put(hint, hint.path("values").path(0).path("value")));
            root.path("properties").forEach(property -> {
                put(property, property.path("defaultValue"));
                String description = property.path("description").asString("");
                descriptions.put(property.path("name").asString(""), description);
            });
        }
    }

    private void put(JsonNode named, JsonNode value) {
        String name = named.path("name").asString("");
        String text = LIST.matcher(value.asString("")).replaceAll("");
        if (name.startsWith(PREFIX) && !text.isEmpty()) {
            values.put(name, text);
        }
    }

    /** Returns what a property is for, or {@code null}. */
    @Nullable
    String description(String property) {
        return descriptions.get(property);
    }

    /** Returns the line that gives a property its default, or, where it has none, a value that shows its form; or {@code null}. */
    @Nullable
    String line(String property) {
        String value = values.get(property);
        return value == null ? null : property + "=" + value;
    }
}
