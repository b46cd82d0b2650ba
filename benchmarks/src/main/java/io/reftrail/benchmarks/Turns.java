package io.reftrail.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What contenders have measured in turns, round by round, so that a busy machine slows all of them. Each is compared with
 * the first. Not thread-safe.
 */
public final class Turns {

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    /** One turn of a contender. */
    @FunctionalInterface
    public interface Turn {

        /** Returns how many in a second. */
        double perSecond() throws Exception;
    }

    /**
     * Lets each contender have its turn in each round, in every other round the last one first; the rounds of the warm-up
     * count for nothing.
     */
    public static Turns take(int warmUps, int rounds, Map<String, Turn> contenders) throws Exception {
        Turns turns = new Turns();
        List<Map.Entry<String, Turn>> order = new ArrayList<>(contenders.entrySet());
        order.forEach(contender -> turns.rates.put(contender.getKey(), new ArrayList<>()));
        for (int round = 0; round < warmUps + rounds; round++) {
            for (Map.Entry<String, Turn> contender : order) {
                double rate = contender.getValue().perSecond();
                if (round >= warmUps) {
                    turns.rates
                            .computeIfAbsent(contender.getKey(), absent -> new ArrayList<>())
                            .add(rate);
                }
            }
            Collections.reverse(order);
        }
        return turns;
    }

    /** Returns the medians, of the rates and of how they compare in their round. */
    public Table table(String title, String unit) {
        String first = rates.keySet().iterator().next();
        Table table = new Table(title, unit, "of the first", "half of the rounds", "slowest", "fastest");
        rates.forEach((name, rounds) -> table.row(
                name,
                Statistics.median(rounds),
                Statistics.ratio(ratio(name, first)),
                Statistics.middleHalf(ratios(name, first)),
                Statistics.percentile(rounds, 0),
                Statistics.percentile(rounds, 100)));
        return table;
    }

    /** Returns how a contender compares with another one: the median of the rounds' ratios. */
    public double ratio(String one, String other) {
        return Statistics.median(ratios(one, other));
    }

    /** Returns how a contender compares with another one in each round. */
    public List<Double> ratios(String one, String other) {
        List<Double> ones = rates.getOrDefault(one, List.of());
        List<Double> others = rates.getOrDefault(other, List.of());
        return IntStream.range(0, ones.size())
                .mapToObj(round -> ones.get(round) / others.get(round))
                .toList();
    }
}
