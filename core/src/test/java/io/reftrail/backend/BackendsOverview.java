package io.reftrail.backend;

import static io.reftrail.backend.MarkdownTable.code;

import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page's first table: a row for each backend, read from the backend itself. */
final class BackendsOverview {

    private BackendsOverview() {}

    static String of(Collection<TrackingBackendCompatibilityKit> kits) {
        MarkdownTable table = new MarkdownTable(
                "Backend", "Parameters", "Cookies", "Kept", "Reports", "Tried for", "Calls a minute", "Key in");
        kits.forEach(kit -> row(table, BackendsPage.backend(kit), kit));
        return table.toString();
    }

    private static void row(MarkdownTable table, TrackingBackend backend, TrackingBackendCompatibilityKit kit) {
        List<CaptureRule> rules = backend.captureRules();
        List<Event> events = new KitEvents(backend, kit::isSent, kit::completed).typical();
        RateLimit limit = backend.rateLimit();
        table.row(
                backend.name(),
                code(rules.stream().flatMap(rule -> rule.parameters().stream())),
                code(rules.stream().flatMap(BackendsOverview::cookies)),
                rules.stream().map(rule -> span(rule.window())).distinct().collect(Collectors.joining(", ")),
                names(events.stream().map(Event::type)),
                spans(backend, events),
                limit == null ? "no limit" : limit.calls() * 60L / limit.per().toSeconds() + "",
                keys(backend, events));
    }

    private static Stream<String> cookies(CaptureRule rule) {
        return Stream.concat(Stream.of(rule.cookie()), Stream.ofNullable(rule.landingCookie()));
    }

    private static String names(Stream<Event.Type> types) {
        return types.map(OutcomeTable::lower).collect(Collectors.joining(", "));
    }

    /** Names the kinds of events only where they differ. */
    private static String spans(TrackingBackend backend, List<Event> events) {
        Map<Duration, List<Event>> spans = events.stream()
                .collect(Collectors.groupingBy(backend::deliveryTimeout, TreeMap::new, Collectors.toList()));
        return spans.entrySet().stream()
                .map(span ->
                        (spans.size() == 1 ? "" : names(span.getValue().stream().map(Event::type)) + " ")
                                + span(span.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String span(Duration span) {
        return span.toHours() % 24 == 0 ? span.toDays() + " days" : span.toHours() + " hours";
    }

    private static String keys(TrackingBackend backend, List<Event> events) {
        String secret = TrackingBackendContract.SECRET;
        String keys = code(events.stream()
                .filter(event -> backend.outcomeWithoutCall(event) == null)
                .flatMap(event -> backend.call(event).headers().entrySet().stream())
                .filter(header -> header.getValue().contains(secret))
                .map(header -> header.getKey() + ": " + header.getValue().replace(secret, "...")));
        return keys.isEmpty() ? "no key" : keys;
    }
}
