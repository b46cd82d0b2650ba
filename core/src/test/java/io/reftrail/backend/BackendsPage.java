package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The generated sections of docs/backends.md: an overview, and an outcome table for each backend. */
final class BackendsPage {

    /** One line for each backend, in the order of the overview. */
    static final List<TrackingBackendCompatibilityKit> BACKENDS =
            List.of(new IntrowCompatibilityTests(), new RefportCompatibilityTests());

    static final Path PAGE = Path.of("..", "docs", "backends.md");

    private static final Pattern SECTION =
            Pattern.compile("(?s)(<!-- generated: (\\S+) -->\n).*?(<!-- end of generated -->)");

    private static final String SECRET = TrackingBackendContract.SECRET;

    private BackendsPage() {}

    /** Returns the page as it should be. A section of a backend that is not listed is empty. */
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
        if (name.equals("overview")) {
            return overview();
        }
        TrackingBackendCompatibilityKit kit = byName.get(name);
        return kit == null ? "" : table(kit.outcomes());
    }

    private static String overview() {
        String head = row("Backend", "Parameters", "Cookies", "Window", "Reports", "Key in") + row(dashes(6));
        return head
                + BACKENDS.stream()
                        .map(BackendsPage::backend)
                        .map(backend -> row(
                                backend.name(),
                                code(backend.captureRules().stream().flatMap(rule -> rule.parameters().stream())),
                                code(backend.captureRules().stream().flatMap(BackendsPage::cookies)),
                                backend.captureRules().stream()
                                        .map(rule -> rule.window().toDays() + " days")
                                        .distinct()
                                        .collect(Collectors.joining(", ")),
                                backend.reports().stream()
                                        .sorted()
                                        .map(BackendsPage::lower)
                                        .collect(Collectors.joining(", ")),
                                code(keyHeaders(backend))))
                        .collect(Collectors.joining());
    }

    private static Stream<String> cookies(CaptureRule rule) {
        return Stream.concat(Stream.of(rule.cookie()), Stream.ofNullable(rule.landingCookie()));
    }

    private static Stream<String> keyHeaders(TrackingBackend backend) {
        return new KitEvents(backend, attribution -> attribution)
                .typical().stream()
                        .filter(event -> backend.withoutCall(event) == null)
                        .flatMap(event -> backend.call(event).headers().entrySet().stream())
                        .filter(header -> header.getValue().contains(SECRET))
                        .map(header -> header.getKey() + ": "
                                + header.getValue().replace(SECRET, "...").strip());
    }

    private static String table(List<OutcomeRow> rows) {
        String head = row("Event", "Status", "`Retry-After`", "Body", "Outcome", "Meaning") + row(dashes(6));
        return head
                + rows.stream()
                        .map(row -> row(
                                lower(row.type()),
                                Integer.toString(row.status()),
                                row.retryAfter() == null ? "" : "`" + row.retryAfter() + "`",
                                body(row.body()),
                                row.verdict() + span(row.pause()),
                                row.meaning()))
                        .collect(Collectors.joining());
    }

    private static String body(String body) {
        return Stream.of("{", "[", "\"").anyMatch(body::startsWith) || body.equals("null") ? "`" + body + "`" : body;
    }

    private static String span(@Nullable Duration pause) {
        return pause == null ? "" : " " + pause.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String lower(Event.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String code(Stream<String> names) {
        return names.distinct().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String[] dashes(int columns) {
        return Stream.generate(() -> "---").limit(columns).toArray(String[]::new);
    }

    private static String row(String... cells) {
        return Stream.of(cells)
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
