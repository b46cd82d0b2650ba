package io.reftrail.benchmarks;

import java.util.List;

/** What is said of several rounds in one number. */
public final class Statistics {

    private Statistics() {}

    /** Returns the median. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the value that {@code percent} of the values do not exceed. */
    public static double percentile(List<Double> values, double percent) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /** Writes a ratio to a thousandth, for those that are close to one. */
    public static String ratio(double ratio) {
        return String.format("%.3f", ratio);
    }

    /** Writes between which values the middle half of them lies, as ratios. */
    public static String middleHalf(List<Double> values) {
        return ratio(percentile(values, 25)) + " to " + ratio(percentile(values, 75));
    }
}
