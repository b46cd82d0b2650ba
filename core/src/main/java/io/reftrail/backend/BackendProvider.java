package io.reftrail.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Vendors whose backends are configured by settings. Implementations are found by {@link ServiceLoader}: a jar names its own in
 * {@code META-INF/services/io.reftrail.backend.BackendProvider}. The settings are then properties below {@code reftrail.} and
 * init-params of a {@code web.xml}. A backend that the application builds itself needs no provider.
 */
public interface BackendProvider {

    /** Returns the names of the vendors' backends. */
    List<String> backends();

    /**
     * Returns the settings of one of these vendors, from which its backend is made. An application asks only for the vendors that
     * it configures, so that no class of the others is loaded at the start.
     */
    BackendSettings<?> settings(String backend);

    /** Returns the settings of all vendors on the class path. */
    static List<BackendSettings<?>> all() {
        return all(name -> true);
    }

    /**
     * Returns the settings of some of the vendors on the class path.
     *
     * @param wanted the test whether a vendor is among them, by the name of its backend
     */
    static List<BackendSettings<?>> all(Predicate<String> wanted) {
        List<BackendSettings<?>> vendors = new ArrayList<>();
        for (BackendProvider provider :
                ServiceLoader.load(BackendProvider.class, BackendProvider.class.getClassLoader())) {
            for (String backend : provider.backends()) {
                if (wanted.test(backend)) {
                    vendors.add(provider.settings(backend));
                }
            }
        }
        return vendors;
    }
}
