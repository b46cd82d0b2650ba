package io.reftrail.spring.boot;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * The properties below {@code reftrail} that do not exist and look like a typing error. Spring Boot ignores them, so that a misspelled
 * key would silently leave a backend inactive.
 */
final class UnknownProperties {

    private static final ConfigurationPropertyName REFTRAIL = ConfigurationPropertyName.of("reftrail");

    /** The number of wrong letters up to which the name of an unknown group is a typing error. */
    private static final int TYPING_ERRORS = 2;

    private final Environment environment;
    private final List<String> names = names();

    UnknownProperties(Environment environment) {
        this.environment = environment;
    }

    /** Reports each of them with its origin and the most similar property, and without its value. */
    void report(Consumer<String> listener) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(REFTRAIL::isAncestorOf)
                        .sorted()
                        .forEach(name -> report(name, source, listener));
            }
        }
    }

    private void report(ConfigurationPropertyName name, ConfigurationPropertySource source, Consumer<String> listener) {
        ConfigurationPropertyName property = name;
        while (property.isLastElementIndexed()) {
            property = property.getParent();
        }
        String meant = similar(property.toString());
        if (meant != null) {
            Origin origin = Origin.from(source.getConfigurationProperty(name));
            listener.accept("There is no property " + name + suffix(origin) + "; did you mean " + meant + "?");
        }
    }

    private static String suffix(@Nullable Origin origin) {
        return origin == null ? "" : " (" + origin + ")";
    }

    private static void collect(String prefix, Class<?> type, List<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                collect(name, component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    /** Returns the names of all properties, as they are written in a properties file. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        collect("reftrail", ReftrailProperties.class, names);
        for (BackendSettings<?> vendor : BackendProvider.all()) {
            vendor.all().forEach(setting -> names.add(ConfiguredBackends.PREFIX + setting.name()));
        }
        return names;
    }

    /**
     * Returns the known property with the most similar name. Returns {@code null} for a known property, and for one in a group that
     * is unknown and not similar to any: a backend of the application's own may have its settings below {@code reftrail} too.
     *
     * @param name without the indexes of elements
     */
    private @Nullable String similar(String name) {
        String letters = letters(name);
        if (names.stream().anyMatch(known -> letters(known).equals(letters))) {
            return null;
        }
        String nearest = names.stream()
                .min(Comparator.comparingInt(known -> distance(letters(known), letters)))
                .orElseThrow();
        int errors = distance(letters(nearest), letters);
        boolean isInKnownGroup = names.stream()
                .anyMatch(known -> name.startsWith(known.substring(0, known.lastIndexOf('.') + 1))
                        && known.indexOf('.') != known.lastIndexOf('.'));
        return isInKnownGroup || errors <= TYPING_ERRORS ? nearest : null;
    }

    /** Environment variables have one separator for everything, so separators are ignored. */
    private static String letters(String name) {
        return name.replace(".", "").replace("-", "");
    }

    /** Returns the Levenshtein distance. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int same = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
