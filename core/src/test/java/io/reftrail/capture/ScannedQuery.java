package io.reftrail.capture;

import io.reftrail.capture.ParameterScanner.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a scanner finds in a query, and the query without it. */
record ScannedQuery(List<Pair> pairs, String remaining) {

    record Pair(String name, String rawValue) {}

    static @Nullable ScannedQuery of(ParameterScanner scanner, String query) {
        List<Part> parts = scanner.scan(query);
        if (parts == null) {
            return null;
        }
        List<Pair> pairs = new ArrayList<>();
        boolean[] removed = new boolean[parts.size()];
        for (int i = 0; i < removed.length; i++) {
            String name = parts.get(i).name();
            if (name != null) {
                removed[i] = true;
                pairs.add(new Pair(name, parts.get(i).rawValue()));
            }
        }
        return new ScannedQuery(pairs, ParameterScanner.without(query, parts, removed));
    }
}
