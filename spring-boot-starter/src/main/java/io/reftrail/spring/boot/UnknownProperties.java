package io.reftrail.spring.boot;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Unknown properties below {@code reftrail} that look like a typing error. Boot ignores them, and without its key a backend is
 * inactive.
 */
final class UnknownProperties {

    private static final ConfigurationPropertyName REFTRAIL = ConfigurationPropertyName.of("reftrail");

    private final Environment environment;
    private final KnownProperties known = new KnownProperties();

    UnknownProperties(Environment environment) {
        this.environment = environment;
    }

    /** Logs each of them with its origin and the likely name, without its value. */
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
        String meant = known.meant(property.toString());
        if (meant != null) {
            Origin origin = Origin.from(source.getConfigurationProperty(name));
            listener.accept("There is no property " + name + suffix(origin) + "; is " + meant + " meant?");
        }
    }

    private static String suffix(@Nullable Origin origin) {
        return origin == null ? "" : " (" + origin + ")";
    }
}
