package io.reftrail.spring.boot;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.model.InvalidSettingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The application's own backends that are declared as documents, below {@code reftrail.backends.<name>}: in a resource that
 * {@code declaration} names, with the values of their settings below {@code settings}; or by the keys of the document themselves,
 * where the value of a setting is its {@code value}.
 */
final class DeclaredProperties {

    private static final String PREFIX = "backends";
    private static final String DECLARATION = "declaration";
    private static final String SETTINGS = "settings";
    private static final String VALUE = "value";

    /** The keys whose values are flags or numbers, which a properties file can only write as text. */
    private static final Set<String> LITERALS = Set.of(
            "secret", "required", "script-readable", "across-hosts", "exists", "status", "max-length", "calls", "is");

    private DeclaredProperties() {}

    /** @throws InvalidSettingException if one of them cannot work */
    static List<TrackingBackend> backends(Binder binder) {
        Map<String, Object> declared = binder.bind(
                        ConfiguredBackends.PREFIX + PREFIX, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        List<TrackingBackend> backends = new ArrayList<>();
        new TreeMap<>(declared).forEach((name, content) -> backends.add(backend(name, content)));
        return backends;
    }

    private static TrackingBackend backend(String name, Object content) {
        Map<String, Object> properties = content instanceof Map<?, ?> map ? texts(map) : Map.of();
        Object declaration = properties.get(DECLARATION);
        return declaration == null && properties.containsKey("calls")
                ? inline(name, properties)
                : named(name, String.valueOf(declaration == null ? "" : declaration), properties.get(SETTINGS));
    }

    // By a resource

    private static TrackingBackend named(String name, String location, @Nullable Object settings) {
        String setting = PREFIX + "." + name + "." + DECLARATION;
        if (location.isBlank()) {
            throw new InvalidSettingException(
                    setting, "the value is missing", "Write where the document is, for example 'classpath:acme.json'.");
        }
        BackendDeclaration read = read(setting, location);
        if (!read.name().equals(name)) {
            throw new InvalidSettingException(
                    setting,
                    "the document declares the backend '" + read.name() + "'",
                    "Use the same name in both places.");
        }
        Map<String, String> values = new TreeMap<>();
        if (settings instanceof Map<?, ?> map) {
            map.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
        }
        return read.backend(values);
    }

    private static BackendDeclaration read(String setting, String location) {
        Resource resource = new DefaultResourceLoader().getResource(location);
        if (!resource.exists()) {
            throw new InvalidSettingException(
                    setting,
                    "there is no " + location,
                    "Write for example 'classpath:acme.json' or 'file:/etc/acme.json'.");
        }
        try {
            String text = resource.getContentAsString(StandardCharsets.UTF_8);
            return location.endsWith(".yml") || location.endsWith(".yaml")
                    ? YamlDocument.read(location, text)
                    : BackendDeclaration.of(location, text);
        } catch (IOException unreadable) {
            throw new InvalidSettingException(setting, location + " cannot be read", "Check the file.");
        }
    }

    // By the keys themselves

    private static TrackingBackend inline(String name, Map<String, Object> properties) {
        Map<String, Object> document = new LinkedHashMap<>();
        properties.forEach((key, value) -> document.put(key, json(key, value)));
        document.putIfAbsent("name", name);
        Map<String, String> values = new TreeMap<>();
        if (document.get(SETTINGS) instanceof Map<?, ?> settings) {
            Map<String, Object> declared = texts(settings);
            for (Map.Entry<String, Object> setting : texts(settings).entrySet()) {
                if (setting.getValue() instanceof Map<?, ?> described) {
                    Map<String, Object> rest = texts(described);
                    Object value = rest.remove(VALUE);
                    if (value != null) {
                        values.put(setting.getKey(), String.valueOf(value));
                    }
                    declared.put(setting.getKey(), rest);
                } else {
                    values.put(setting.getKey(), String.valueOf(setting.getValue()));
                    declared.remove(setting.getKey());
                }
            }
            document.put(SETTINGS, declared);
        }
        return BackendDeclaration.of(ConfiguredBackends.PREFIX + PREFIX + "." + name, document, Map.of())
                .backend(values);
    }

    /** Returns a bound value in the form of JSON: with lists for maps of indexes, and with literals for texts. */
    private static Object json(String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> texts = texts(map);
            List<Object> elements = new ArrayList<>();
            for (Object element = texts.get("0");
                    element != null;
                    element = texts.get(String.valueOf(elements.size()))) {
                elements.add(json(key, element));
            }
            if (!elements.isEmpty() && elements.size() == texts.size()) {
                return elements;
            }
            texts.replaceAll(DeclaredProperties::json);
            return texts;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> json(key, element)).toList();
        }
        return value instanceof String text && LITERALS.contains(key) ? literal(text) : value;
    }

    private static Object literal(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
        };
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }

    /** A document in YAML. A class of its own, because an application may have no parser for YAML. */
    private static final class YamlDocument {

        static BackendDeclaration read(String location, String text) {
            try {
                Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
                if (!(yaml.load(text) instanceof Map<?, ?> document)) {
                    throw new InvalidSettingException(
                            location, "the declaration is not an object", "Write keys with values.");
                }
                Map<String, Integer> lines = new HashMap<>();
                number(yaml.compose(new StringReader(text)), "", lines);
                return BackendDeclaration.of(location, texts(document), lines);
            } catch (MarkedYAMLException noYaml) {
                int line = noYaml.getProblemMark() == null
                        ? 1
                        : noYaml.getProblemMark().getLine() + 1;
                throw new InvalidSettingException(
                        location,
                        "line " + line + ": this is no YAML: " + noYaml.getProblem(),
                        "Correct the document there.");
            } catch (YAMLException noYaml) {
                throw new InvalidSettingException(location, "the declaration is no YAML", "Correct the document.");
            }
        }

        /** Stores the line of each value. A document that contains itself was refused before. */
        private static void number(Node node, String pointer, Map<String, Integer> lines) {
            lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key) {
                        String below = pointer + "/"
                                + key.getValue().replace("~", "~0").replace("/", "~1");
                        lines.put(below, key.getStartMark().getLine() + 1);
                        number(tuple.getValueNode(), below, lines);
                    }
                }
            } else if (node instanceof SequenceNode sequence) {
                int index = 0;
                for (Node element : sequence.getValue()) {
                    number(element, pointer + "/" + index++, lines);
                }
            }
        }
    }
}
