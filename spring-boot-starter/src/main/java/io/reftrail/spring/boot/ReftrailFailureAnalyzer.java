package io.reftrail.spring.boot;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.OutboxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.TypeDescriptor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An analyzer that explains why Reftrail stops the start: a property that cannot work, a property whose value has the wrong form,
 * or a database that cannot be reached. The explanation says what to write instead. It leaves the value of a property out, because
 * the value may be a misplaced key.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ReftrailFailureAnalyzer implements FailureAnalyzer {

    private static final String PREFIX = "reftrail.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        InvalidSettingException invalid = find(failure, InvalidSettingException.class);
        if (invalid != null) {
            return invalidSetting(invalid);
        }
        BindException unbound = find(failure, BindException.class);
        if (unbound != null && unbound.getName().toString().startsWith(PREFIX)) {
            return wrongForm(unbound);
        }
        OutboxException unreachable = find(failure, OutboxException.class);
        return unreachable == null ? null : unreachableOutbox(unreachable);
    }

    private static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static FailureAnalysis invalidSetting(InvalidSettingException cause) {
        String property = PREFIX + cause.setting();
        String remedy = cause.remedy();
        return new FailureAnalysis(
                "Reftrail cannot use the property " + property + ": " + cause.problem() + ".",
                action(cause.action(PREFIX), remedy == null ? new Metadata().line(property) : PREFIX + remedy),
                cause);
    }

    private static FailureAnalysis wrongForm(BindException cause) {
        String property = cause.getName().toString();
        Metadata metadata = new Metadata();
        Class<?> type = type(cause);
        Origin origin = Origin.from(cause.getProperty());
        String description = metadata.description(property);
        return new FailureAnalysis(
                "Reftrail cannot use the property " + property + (origin == null ? "" : " (" + origin + ")")
                        + ": the value is not a valid " + type.getSimpleName() + "."
                        + (description == null ? "" : " Description of the property: " + description),
                action(
                        type.isEnum() ? "Write one of " + constants(type) + "." : "Write a value of that form.",
                        metadata.line(property)),
                cause);
    }

    /** Returns the type that the value, or one element of a list, should have. */
    private static Class<?> type(BindException cause) {
        ConversionFailedException failure = find(cause, ConversionFailedException.class);
        if (failure == null) {
            return cause.getTarget().getType().resolve(Object.class);
        }
        TypeDescriptor element = failure.getTargetType().getElementTypeDescriptor();
        return element == null ? failure.getTargetType().getType() : element.getType();
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static FailureAnalysis unreachableOutbox(OutboxException cause) {
        return new FailureAnalysis(
                "Reftrail cannot store leads: " + cause.getMessage() + ".",
                action(
                        "Check the database of the application's DataSource, or store leads in a file.",
                        "reftrail.outbox.store=embedded"),
                cause);
    }

    private static String action(String action, @Nullable String line) {
        return line == null ? action : action + String.format(" For example:%n%n    %s", line);
    }

    /** The configuration metadata of the properties: the descriptions that editors show, and a value that can be written. */
    static final class Metadata {

        private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

        /** The characters around and in a list of the metadata that a properties file does not have. */
        private static final Pattern LIST = Pattern.compile("^\\[|]$|(?<=,) ");

        private final Map<String, String> descriptions = new HashMap<>();
        private final Map<String, String> values = new HashMap<>();

        /**
         * Reads the metadata of the class path. Metadata that cannot be read is left out, because the other failure is to be
         * reported.
         */
        Metadata() {
            try {
                for (URL metadata :
                        Collections.list(Metadata.class.getClassLoader().getResources(LOCATION))) {
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
                    descriptions.put(
                            property.path("name").asString(""),
                            property.path("description").asString(""));
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

        @Nullable
        String description(String property) {
            return descriptions.get(property);
        }

        /** Returns the line that sets a property to its default, or to an example if it has none; or {@code null}. */
        @Nullable
        String line(String property) {
            String value = values.get(property);
            return value == null ? null : property + "=" + value;
        }
    }
}
