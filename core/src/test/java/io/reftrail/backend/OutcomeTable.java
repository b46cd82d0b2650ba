package io.reftrail.backend;

import io.reftrail.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Outcome rows as the page shows them. What means the same at every backend is shown once and not at each of them. */
final class OutcomeTable {

    /** Bodies that are named rather than shown, see {@link OutcomeRow#body()}. */
    private static final Set<String> NAMED = Set.of("empty", "HTML", "garbage", "cut", "deep");

    /** The section of the contract; rows without one only show that nothing undocumented is believed. */
    private static final Pattern SECTION = Pattern.compile("\\(\\d");

    private OutcomeTable() {}

    /** Returns the rows of a backend's own that its contract documents. */
    static String own(List<OutcomeRow> rows) {
        return declared(rows.stream()
                .filter(row -> SECTION.matcher(row.meaning()).find())
                .toList());
    }

    /** Returns the rows of a backend's own if it is declared: a declaration has rows that are documented and no others. */
    static String declared(List<OutcomeRow> rows) {
        MarkdownTable table = new MarkdownTable("Event", "Status", "`Retry-After`", "Body", "Outcome", "Meaning");
        rows.stream()
                .filter(row -> !Rows.shared(row.type()).contains(row))
                .filter(row -> !Rows.silence(row.type()).contains(row))
                .forEach(row -> table.row(
                        lower(row.type()), status(row), retryAfter(row), body(row), outcome(row), row.meaning()));
        return table.toString();
    }

    /** Returns rows that are about no kind of event. */
    static String shared(List<OutcomeRow> rows) {
        MarkdownTable table = new MarkdownTable("Status", "`Retry-After`", "Body", "Outcome", "Meaning");
        rows.forEach(row -> table.row(status(row), retryAfter(row), body(row), outcome(row), row.meaning()));
        return table.toString();
    }

    static String lower(Event.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String status(OutcomeRow row) {
        return Integer.toString(row.status());
    }

    private static String retryAfter(OutcomeRow row) {
        return row.retryAfter() == null ? "" : "`" + row.retryAfter() + "`";
    }

    private static String body(OutcomeRow row) {
        return NAMED.contains(row.body()) ? row.body() : "`" + row.body() + "`";
    }

    private static String outcome(OutcomeRow row) {
        return row.verdict() + span(row.pause());
    }

    private static String span(@Nullable Duration pause) {
        return pause == null ? "" : " " + pause.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
