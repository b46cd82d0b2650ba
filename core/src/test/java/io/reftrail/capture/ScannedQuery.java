package io.reftrail.capture;

import io.reftrail.capture.ParameterScanner.Part;
import java.util.HashSet;
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
        List<Part> captured = parts.stream().filter(part -> part.name() != null).toList();
        return new ScannedQuery(
                captured.stream()
                        .map(part -> new Pair(String.valueOf(part.name()), part.rawValue()))
                        .toList(),
                ParameterScanner.without(query, parts, new HashSet<>(captured)));
    }
}
