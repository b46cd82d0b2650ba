package io.reftrail.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of a page, row by row. */
final class MarkdownTable {

    private final List<String> lines = new ArrayList<>();

    MarkdownTable(String... titles) {
        row(titles);
        row(Stream.of(titles).map(title -> "---").toArray(String[]::new));
    }

    MarkdownTable row(String... cells) {
        lines.add(Stream.of(cells)
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
        return this;
    }

    /** Returns each name once, as code. */
    static String code(Stream<String> names) {
        return names.distinct().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return String.join("", lines);
    }
}
