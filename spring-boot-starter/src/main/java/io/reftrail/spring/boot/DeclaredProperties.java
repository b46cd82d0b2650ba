package io.reftrail.spring.boot;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.model.InvalidSettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/**
 * A backend of the application's own that is declared as data, below {@code reftrail.backends.<name>}.
 *
 * @param declaration the location of the document, for example {@code classpath:acme.json}; YAML by its ending
 * @param settings the values of the settings that the document declares
 */
record DeclaredProperties(
        @Nullable String declaration, @DefaultValue Map<String, String> settings) {

    private static final String PREFIX = "backends";

    /** @throws InvalidSettingException if one of them cannot work */
    static List<TrackingBackend> backends(Binder binder) {
        Map<String, DeclaredProperties> declared = binder.bind(
                        ConfiguredBackends.PREFIX + PREFIX, Bindable.mapOf(String.class, DeclaredProperties.class))
                .orElse(Map.of());
        List<TrackingBackend> backends = new ArrayList<>();
        new TreeMap<>(declared).forEach((name, properties) -> backends.add(properties.backend(name)));
        return backends;
    }

    private TrackingBackend backend(String name) {
        String setting = PREFIX + "." + name + ".declaration";
        if (declaration == null || declaration.isBlank()) {
            throw new InvalidSettingException(
                    setting, "the value is missing", "Write where the document is, for example 'classpath:acme.json'.");
        }
        BackendDeclaration read = read(setting, declaration);
        if (!read.name().equals(name)) {
            throw new InvalidSettingException(
                    setting,
                    "the document declares the backend '" + read.name() + "'",
                    "Use the same name in both places.");
        }
        return read.backend(settings);
    }

    private static BackendDeclaration read(String setting, String location) {
        Resource resource = new DefaultResourceLoader().getResource(location);
        if (!resource.exists()) {
            throw new InvalidSettingException(
                    setting,
                    "there is no " + location,
                    "Write for example 'classpath:acme.json' or 'file:/etc/acme.json'.");
        }
        if (location.endsWith(".yml") || location.endsWith(".yaml")) {
            YamlMapFactoryBean yaml = new YamlMapFactoryBean();
            yaml.setResources(resource);
            Map<String, Object> document = yaml.getObject();
            return BackendDeclaration.of(location, document == null ? Map.of() : document);
        }
        try {
            return BackendDeclaration.read(location, resource.getInputStream());
        } catch (IOException unreadable) {
            throw new InvalidSettingException(setting, location + " cannot be read", "Check the file.");
        }
    }

    /** Leaves the settings out. */
    @Override
    public String toString() {
        return "DeclaredProperties[" + declaration + "]";
    }
}
