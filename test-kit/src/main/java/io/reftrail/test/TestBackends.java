package io.reftrail.test;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.BackendSettings.Setting;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The backends of all vendors with made-up credentials and without rate limits. */
final class TestBackends {

    private TestBackends() {}

    /**
     * Returns properties that activate these backends, and no other vendor's. If none is named, the backends that the application
     * has configured stay as they are.
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
        String[] name = setting.name().split("\\.", 2);
        if (BackendDeclaration.shipped().contains(name[0])) {
            return BackendDeclaration.shipped(name[0]).sampleSettings().get(name[1]);
        }
        return name[1].equals("program-id") ? "test-program" : null;
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
