package io.reftrail.test;

import io.reftrail.backend.AffihubBackend;
import io.reftrail.backend.AffitorBackend;
import io.reftrail.backend.AffonsoBackend;
import io.reftrail.backend.DubBackend;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.backend.RefportBackend;
import io.reftrail.backend.TrackingBackend;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The six backends with credentials that no vendor has given, and without limits of ours. */
final class TestBackends {

    private static final String KEY = "test-key";

    /** The credentials of each, by the name of the property behind {@code reftrail.<backend>.}. */
    private static final Map<String, Map<String, String>> CREDENTIALS = new TreeMap<>(Map.of(
            AffihubBackend.NAME, Map.of("program-id", "test-program"),
            AffitorBackend.NAME, Map.of("api-key", KEY),
            AffonsoBackend.NAME, Map.of("api-key", KEY, "program-id", "test-program"),
            DubBackend.NAME, Map.of("api-key", KEY),
            IntrowBackend.NAME, Map.of("api-key", KEY),
            RefportBackend.NAME, Map.of("api-key", KEY)));

    private TestBackends() {}

    /**
     * Returns properties that make these backends active, and no other of the six; where none is named, those that the
     * application has configured stay as they are.
     *
     * @throws IllegalArgumentException if one is not of the six
     */
    static Map<String, Object> properties(List<String> names) {
        names.forEach(TestBackends::requireKnown);
        Map<String, Object> properties = new TreeMap<>();
        CREDENTIALS.forEach((backend, credentials) -> {
            String prefix = "reftrail." + backend + ".";
            properties.put(prefix + "calls-per-minute", 0);
            if (!names.isEmpty()) {
                credentials.forEach(
                        (name, value) -> properties.put(prefix + name, names.contains(backend) ? value : ""));
            }
        });
        return properties;
    }

    /** @throws IllegalArgumentException if it is not one of the six */
    static TrackingBackend named(String name) {
        requireKnown(name);
        return switch (name) {
            case AffihubBackend.NAME ->
                AffihubBackend.builder("test-program").callsPerMinute(0).build();
            case AffitorBackend.NAME ->
                AffitorBackend.builder(KEY).callsPerMinute(0).build();
            case AffonsoBackend.NAME ->
                AffonsoBackend.builder(KEY, "test-program").callsPerMinute(0).build();
            case DubBackend.NAME -> DubBackend.builder(KEY).callsPerMinute(0).build();
            case IntrowBackend.NAME ->
                IntrowBackend.builder(KEY).callsPerMinute(0).build();
            default -> RefportBackend.builder(KEY).callsPerMinute(0).build();
        };
    }

    private static void requireKnown(String name) {
        if (!CREDENTIALS.containsKey(name)) {
            throw new IllegalArgumentException("'" + name + "' is none of " + CREDENTIALS.keySet()
                    + "; backends of your own are active without being named here");
        }
    }
}
