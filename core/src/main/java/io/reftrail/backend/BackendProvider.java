package io.reftrail.backend;

import java.util.List;
import java.util.ServiceLoader;

/**
 * A vendor whose backend is configured by settings. Implementations are found by {@link ServiceLoader}: a jar names its own in
 * {@code META-INF/services/io.reftrail.backend.BackendProvider}. Its settings are then properties below {@code reftrail.} and
 * init-params of a {@code web.xml}. A backend that the application builds itself needs no provider.
 */
@FunctionalInterface
public interface BackendProvider {

    /** Returns the settings of the vendor, from which a backend is made. */
    BackendSettings<?> settings();

    /** Returns the settings of all vendors that the class path holds. */
    static List<BackendSettings<?>> all() {
        return ServiceLoader.load(BackendProvider.class, BackendProvider.class.getClassLoader()).stream()
                .<BackendSettings<?>>map(provider -> provider.get().settings())
                .toList();
    }
}
