package io.reftrail.backend;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Vendors whose backends are configured by settings. Implementations are found by {@link ServiceLoader}: a jar names its own in
 * {@code META-INF/services/io.reftrail.backend.BackendProvider}. The settings are then properties below {@code reftrail.} and
 * init-params of a {@code web.xml}. A backend that the application builds itself needs no provider.
 */
@FunctionalInterface
public interface BackendProvider {

    /** Returns the settings of each vendor, from which its backend is made. */
    List<BackendSettings<?>> settings();

    /** Returns the settings of all vendors that the class path holds. */
    static List<BackendSettings<?>> all() {
        return ServiceLoader.load(BackendProvider.class, BackendProvider.class.getClassLoader()).stream()
                .flatMap(provider -> provider.get().settings().stream())
                .toList();
    }
}
