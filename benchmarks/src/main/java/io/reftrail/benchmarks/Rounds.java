package io.reftrail.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rates of contenders that were measured in turns, round by round, so that other work on the machine slows all of them.
 * Contenders are compared by the median of the rounds' ratios.
 */
public final class Rounds {

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    /** One measurement of a contender. */
    @FunctionalInterface
    public interface Measurement {

        /** Measures for a while, and returns how many operations there were in a second. */
        double perSecond() throws Exception;
    }

    /**
     * Measures each contender once in each round, every other round in reverse order.
     *
     * @param warmUps the number of rounds before those that count
     * @param contenders the contenders by name; the others are compared with the first one
     */
    public static Rounds run(int warmUps, int rounds, Map<String, Measurement> contenders) throws Exception {
        Rounds results = new Rounds();
        List<Map.Entry<String, Measurement>> order = new ArrayList<>(contenders.entrySet());
        order.forEach(contender -> results.rates.put(contender.getKey(), new ArrayList<>()));
        for (int round = 0; round < warmUps + rounds; round++) {
            for (Map.Entry<String, Measurement> contender : order) {
                double rate = contender.getValue().perSecond();
                if (round >= warmUps) {
                    results.of(contender.getKey()).add(rate);
                }
            }
            Collections.reverse(order);
        }
        return results;
    }

    private List<Double> of(String contender) {
        return rates.computeIfAbsent(contender, absent -> new ArrayList<>());
    }

    /** Returns a table of the median rates, and of the ratios to the first contender. */
    public Table table(String title, String unit) {
        String first = rates.keySet().iterator().next();
        Table table = new Table(title, unit, "of the first", "half of the rounds", "slowest", "fastest");
        rates.forEach((name, rounds) -> table.row(
                name,
                median(rounds),
                thousandths(ratio(name, first)),
                halfOfTheRounds(name, first),
                percentile(rounds, 0),
                percentile(rounds, 100)));
        return table;
    }

    /** Returns the median of the rounds' ratios of two contenders. */
    public double ratio(String one, String other) {
        return median(ratios(one, other));
    }

    /** Returns between which ratios of two contenders half of the rounds are. */
    public String halfOfTheRounds(String one, String other) {
        List<Double> ratios = ratios(one, other);
        return thousandths(percentile(ratios, 25)) + " to " + thousandths(percentile(ratios, 75));
    }

    private List<Double> ratios(String one, String other) {
        List<Double> ones = of(one);
        List<Double> others = of(other);
        return IntStream.range(0, ones.size())
                .mapToObj(round -> ones.get(round) / others.get(round))
                .toList();
    }

    /** Returns the median. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the smallest value that {@code percent} of the values do not exceed. */
    public static double percentile(List<Double> values, double percent) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /** Formats a ratio that is close to one. */
    public static String thousandths(double ratio) {
        return String.format("%.3f", ratio);
    }
}
