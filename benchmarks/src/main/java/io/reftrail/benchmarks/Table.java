package io.reftrail.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table for a terminal that is also Markdown. The first column is aligned left, the others right. Not thread-safe. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table with the names of its columns. */
    public Table(String... columns) {
        rows.add(List.of(columns));
    }

    /** Adds a row. Small fractions are written as {@link #ratio} does, other numbers as integers with thousands separators. */
    public Table row(Object... cells) {
        rows.add(Stream.of(cells).map(Table::text).toList());
        return this;
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) {
            return number < 10 ? ratio(number) : text(Math.round(number));
        }
        return cell instanceof Number number ? String.format("%,d", number.longValue()) : cell.toString();
    }

    /** Formats a ratio with two decimals. */
    public static String ratio(double ratio) {
        return String.format("%.2f", ratio);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            append(text, rows.get(row));
            if (row == 0) {
                appendRule(text);
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, List<String> row) {
        for (int column = 0; column < row.size(); column++) {
            String format = column == 0 ? "| %-" + width(column) + "s |" : " %" + width(column) + "s |";
            text.append(String.format(format, row.get(column)));
        }
        text.append(System.lineSeparator());
    }

    private void appendRule(StringBuilder text) {
        for (int column = 0; column < rows.get(0).size(); column++) {
            String dashes = "-".repeat(width(column) + 1);
            text.append(column == 0 ? "|" + dashes + "-|" : dashes + ":|");
        }
        text.append(System.lineSeparator());
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(1);
    }
}
