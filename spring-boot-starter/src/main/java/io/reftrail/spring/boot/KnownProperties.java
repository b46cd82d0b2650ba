package io.reftrail.spring.boot;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The names of all properties that there are, and which of them somebody may have meant. */
final class KnownProperties {

    /** How many letters may be wrong in a name that nothing else tells to be one of ours. */
    private static final int TYPING_ERRORS = 2;

    private final List<String> names = new ArrayList<>();

    KnownProperties() {
        collect("reftrail", ReftrailProperties.class);
        for (BackendSettings<?> vendor : BackendProvider.all()) {
            vendor.all().forEach(setting -> names.add(ConfiguredBackends.PREFIX + setting.name()));
        }
    }

    private void collect(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                collect(name, component.getType());
            } else {
                names.add(name);
            }
        }
    }

    /** All names, as they are written in a properties file. */
    List<String> names() {
        return names;
    }

    /**
     * Returns the property whose name is nearest to one that is none of ours, or {@code null} if that one is known, or looks like
     * nobody's mistake: a backend of the application's own may have its settings below {@code reftrail} too.
     *
     * @param name without the numbers of elements
     */
    @Nullable
    String meant(String name) {
        String letters = letters(name);
        if (names.stream().anyMatch(known -> letters(known).equals(letters))) {
            return null;
        }
        String nearest = names.stream()
                .min(Comparator.comparingInt(known -> distance(letters(known), letters)))
                .orElseThrow();
        int errors = distance(letters(nearest), letters);
        boolean ours = names.stream()
                .anyMatch(known -> name.startsWith(known.substring(0, known.lastIndexOf('.') + 1))
                        && known.indexOf('.') != known.lastIndexOf('.'));
        return ours || errors <= TYPING_ERRORS ? nearest : null;
    }

    /** Environment variables have one separator for everything, so none is looked at. */
    private static String letters(String name) {
        return name.replace(".", "").replace("-", "");
    }

    /** How many letters have to be changed, added or left out (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int same = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
