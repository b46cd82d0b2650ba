package io.reftrail.backend;

import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;
import io.reftrail.model.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The generated sections of docs/backends.md: an overview, what is the same everywhere, and a table for each backend. */
final class BackendsPage {

    /** The sections about all backends. */
    private static final Map<String, Supplier<String>> COMMON = Map.of(
            "overview", () -> BackendsOverview.of(backends()),
            "silence", () -> OutcomeTable.shared(Rows.silence(Event.Type.LEAD)),
            "shared", () -> OutcomeTable.shared(Rows.shared(Event.Type.LEAD)));

    static final Path PAGE = Path.of("..", "docs", "backends.md");

    private static final Pattern SECTION =
            Pattern.compile("(?s)(<!-- generated: (\\S+) -->\n).*?(<!-- end of generated -->)");

    private BackendsPage() {}

    /** Returns the page as it should be. */
    static String generate(String page) {
        return SECTION.matcher(page)
                .replaceAll(section ->
                        Matcher.quoteReplacement(section.group(1) + content(section.group(2)) + section.group(3)));
    }

    static List<String> sections(String page) {
        return SECTION.matcher(page).results().map(section -> section.group(2)).toList();
    }

    /** Returns the kit of each vendor: its room's class that is named after it. */
    static List<TrackingBackendCompatibilityKit> backends() {
        return BackendProvider.all().stream()
                .map(vendor -> kit(vendor.backend()))
                .toList();
    }

    /** Returns the sections that there must be. */
    static List<String> expected() {
        return Stream.concat(COMMON.keySet().stream(), backends().stream().map(kit -> backend(kit)
                        .name()))
                .toList();
    }

    static TrackingBackend backend(TrackingBackendCompatibilityKit kit) {
        return kit.backend(TrackingBackendContract.BASE_URL);
    }

    /** A section is a vendor's, or the one of a mode of it, such as {@code affitor-older}. */
    private static String content(String section) {
        Supplier<String> common = COMMON.get(section);
        if (common != null) {
            return common.get();
        }
        TrackingBackendCompatibilityKit kit = kit(section);
        return kit instanceof DeclaredBackendCompatibilityKit
                ? OutcomeTable.declared(kit.documented())
                : OutcomeTable.own(kit.documented());
    }

    private static TrackingBackendCompatibilityKit kit(String section) {
        String vendor = section.replaceFirst("-.*", "");
        String name = Stream.of(section.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        String kit = BackendsPage.class.getPackageName() + "." + vendor + "." + name + "CompatibilityTests";
        try {
            return Class.forName(kit)
                    .asSubclass(TrackingBackendCompatibilityKit.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("the section " + section + " needs " + kit, missing);
        }
    }
}
