package io.reftrail.backend;

import io.reftrail.model.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The generated sections of docs/backends.md: an overview, what is the same everywhere, and a table for each backend. */
final class BackendsPage {

    /** One line for each backend, in the order of the overview. */
    static final List<TrackingBackendCompatibilityKit> BACKENDS = List.of(
            new IntrowCompatibilityTests(),
            new RefportCompatibilityTests(),
            new AffitorCompatibilityTests(),
            new AffonsoCompatibilityTests(),
            new AffihubCompatibilityTests(),
            new DubCompatibilityTests());

    /** The sections that are no backend's. */
    static final List<String> OTHERS = List.of("overview", "silence", "shared", "affitor-older", "affitor-test");

    static final Path PAGE = Path.of("..", "docs", "backends.md");

    private static final Pattern SECTION =
            Pattern.compile("(?s)(<!-- generated: (\\S+) -->\n).*?(<!-- end of generated -->)");

    private BackendsPage() {}

    /** Returns the page as it should be. */
    static String generate(String page) {
        Map<String, TrackingBackendCompatibilityKit> byName =
                BACKENDS.stream().collect(Collectors.toMap(kit -> backend(kit).name(), Function.identity()));
        return SECTION.matcher(page)
                .replaceAll(section -> Matcher.quoteReplacement(
                        section.group(1) + content(section.group(2), byName) + section.group(3)));
    }

    static List<String> sections(String page) {
        return SECTION.matcher(page).results().map(section -> section.group(2)).toList();
    }

    static TrackingBackend backend(TrackingBackendCompatibilityKit kit) {
        return kit.backend(TrackingBackendContract.BASE_URL);
    }

    private static String content(String name, Map<String, TrackingBackendCompatibilityKit> byName) {
        return switch (name) {
            case "overview" -> BackendsOverview.of(BACKENDS);
            case "silence" -> OutcomeTable.shared(Rows.silence(Event.Type.LEAD));
            case "shared" -> OutcomeTable.shared(Rows.shared(Event.Type.LEAD));
            case "affitor-older" -> OutcomeTable.own(AffitorOutcomes.OLDER);
            case "affitor-test" -> OutcomeTable.own(AffitorOutcomes.TESTS);
            default -> {
                TrackingBackendCompatibilityKit kit = byName.get(name);
                yield kit == null ? "" : OutcomeTable.own(kit.outcomes());
            }
        };
    }
}
