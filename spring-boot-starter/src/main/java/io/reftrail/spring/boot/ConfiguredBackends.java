package io.reftrail.spring.boot;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.BackendSettings.Setting;
import io.reftrail.backend.TrackingBackend;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The backends that the application's properties configure, created once for each application context. An empty property counts
 * as absent.
 */
@Lazy
final class ConfiguredBackends {

    static final String PREFIX = "reftrail.";

    private final List<BackendSettings<?>> vendors;
    private final List<TrackingBackend> backends;

    /** @throws io.reftrail.model.InvalidSettingException if one of them cannot work */
    ConfiguredBackends(Environment environment) {
        Binder binder = Binder.get(environment);
        this.vendors = BackendProvider.all(name -> isConfigured(environment, name));
        this.backends = Stream.concat(
                        vendors.stream().map(vendor -> vendor.create(setting -> value(binder, setting))),
                        DeclaredProperties.backends(binder).stream())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns whether there may be a property of a vendor. A source that cannot list its properties may hold one. */
    private static boolean isConfigured(Environment environment, String backend) {
        ConfigurationPropertyName vendor = ConfigurationPropertyName.of(PREFIX + backend);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(vendor) != ConfigurationPropertyState.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /** Returns the value of a setting, or {@code null} if it is absent. */
    static @Nullable Object value(Binder binder, Setting setting) {
        Bindable<?> target = setting.type() == List.class ? Bindable.listOf(String.class) : Bindable.of(setting.type());
        Object value = binder.bind(PREFIX + setting.name(), target).orElse(null);
        return value instanceof String text && text.isBlank() ? null : value;
    }

    List<TrackingBackend> all() {
        return backends;
    }

    /** Returns the settings of the vendors that have any property, active or not. */
    List<BackendSettings<?>> vendors() {
        return vendors;
    }
}
