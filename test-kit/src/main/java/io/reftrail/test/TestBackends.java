package io.reftrail.test;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.BackendSettings.Setting;
import io.reftrail.backend.TrackingBackend;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The backends of all vendors with made-up credentials, and without limits of calls. */
final class TestBackends {

    /** By the name of the setting, without the vendor's. */
    private static final Map<String, String> MADE_UP = Map.of(
            "program-id", "test-program",
            "account-id", "test-account",
            "network-id", "test-network",
            "sale-event-id", "1",
            "currency", "EUR",
            "tracking-domain", "https://tracking.example");

    private TestBackends() {}

    /**
     * Returns properties that make these backends active, and no other vendor's; if none is named, the backends that the
     * application has configured stay as they are.
     *
     * @throws IllegalArgumentException if one is not a vendor's
     */
    static Map<String, Object> properties(List<String> names) {
        names.forEach(TestBackends::vendor);
        Map<String, Object> properties = new TreeMap<>();
        for (BackendSettings<?> vendor : BackendProvider.all()) {
            vendor.all().forEach(setting -> {
                Object value = value(setting);
                if (isLimit(setting)) {
                    properties.put("reftrail." + setting.name(), 0);
                } else if (value != null && !names.isEmpty()) {
                    properties.put("reftrail." + setting.name(), names.contains(vendor.backend()) ? value : "");
                }
            });
        }
        return properties;
    }

    /** @throws IllegalArgumentException if it is not a vendor's */
    static TrackingBackend named(String name) {
        return Objects.requireNonNull(vendor(name).create(TestBackends::value));
    }

    private static @Nullable Object value(Setting setting) {
        if (isLimit(setting)) {
            return 0;
        }
        if (setting.name().endsWith(".api-key")) {
            return "test-key";
        }
        return MADE_UP.get(setting.name()
                .replaceFirst("^everflow\\.base-url$", "tracking-domain")
                .replaceFirst(".*\\.", ""));
    }

    private static boolean isLimit(Setting setting) {
        return setting.name().endsWith(".calls-per-minute");
    }

    private static BackendSettings<?> vendor(String name) {
        List<BackendSettings<?>> vendors = BackendProvider.all();
        return vendors.stream()
                .filter(vendor -> vendor.backend().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is none of "
                        + new TreeSet<>(
                                vendors.stream().map(BackendSettings::backend).toList())
                        + "; backends of your own are active without being named here"));
    }
}
