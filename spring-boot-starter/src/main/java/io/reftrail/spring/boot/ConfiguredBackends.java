package io.reftrail.spring.boot;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings.Setting;
import io.reftrail.backend.TrackingBackend;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The backends that the application's properties configure, created once for each application context. An empty property counts
 * as absent.
 */
@Lazy
final class ConfiguredBackends {

    static final String PREFIX = "reftrail.";

    private final List<TrackingBackend> backends;

    /** @throws io.reftrail.model.InvalidSettingException if one of them cannot work */
    ConfiguredBackends(Environment environment) {
        Binder binder = Binder.get(environment);
        this.backends = Stream.concat(
                        BackendProvider.all().stream().map(vendor -> vendor.create(setting -> value(binder, setting))),
                        DeclaredProperties.backends(binder).stream())
                .filter(Objects::nonNull)
                .toList();
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
}
