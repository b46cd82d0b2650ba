package io.reftrail.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal that is Markdown as well, to be copied into a page: the first column stands left, the others right.
 * Not thread-safe.
 */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** Begins with the names of the columns. */
    public Table(String... columns) {
        rows.add(List.of(columns));
    }

    /** Adds a row; numbers with a fraction are written as {@link #ratio} does, others with thousands apart. */
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(text(cell));
        }
        rows.add(row);
        return this;
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) {
            return number < 10 ? ratio(number) : text(Math.round(number));
        }
        return cell instanceof Number number ? String.format("%,d", number.longValue()) : cell.toString();
    }

    /** Writes a ratio with two digits behind the point. */
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
