package io.reftrail.spring.boot;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** The names of the properties of Reftrail and of the configured vendors, without separators. */
    private final Set<String> known = new HashSet<>();

    /** @param vendors the vendors that have any property */
    UnknownProperties(Environment environment, List<BackendSettings<?>> vendors) {
        this.environment = environment;
        names(vendors).forEach(name -> known.add(letters(name)));
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

    /** Returns the names of the properties of Reftrail and of these vendors, as they are written in a properties file. */
    static List<String> names(List<BackendSettings<?>> vendors) {
        List<String> names = new ArrayList<>();
        collect("reftrail", ReftrailProperties.class, names);
        for (BackendSettings<?> vendor : vendors) {
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
        if (known.contains(letters)) {
            return null;
        }
        List<String> names = names(BackendProvider.all());
        String nearest = names.stream()
                .min(Comparator.comparingInt(other -> distance(letters(other), letters)))
                .orElseThrow();
        int errors = distance(letters(nearest), letters);
        boolean isInKnownGroup = names.stream()
                .anyMatch(other -> name.startsWith(other.substring(0, other.lastIndexOf('.') + 1))
                        && other.indexOf('.') != other.lastIndexOf('.'));
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
