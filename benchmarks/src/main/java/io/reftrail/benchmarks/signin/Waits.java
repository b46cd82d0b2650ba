package io.reftrail.benchmarks.signin;

import io.reftrail.benchmarks.Statistics;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.load.LoadResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** How long sign-ins took, round by round. Not thread-safe. */
final class Waits {

    private final Map<BackendState, List<LoadResult>> rounds = new EnumMap<>(BackendState.class);

    void add(BackendState state, LoadResult result) {
        rounds.computeIfAbsent(state, absent -> new ArrayList<>()).add(result);
    }

    Table table(String title) {
        Table table = new Table(
                title,
                "half, us",
                "added, us",
                "99 %, us",
                "added, us",
                "half, of healthy",
                "99 %, of healthy",
                "goal");
        for (BackendState state : BackendState.values()) {
            boolean held = state == BackendState.HUNG || state == BackendState.DOWN;
            table.row(
                    state.title(),
                    micros(state, LoadResult::medianNanos),
                    added(state, LoadResult::medianNanos),
                    micros(state, LoadResult::p99Nanos),
                    added(state, LoadResult::p99Nanos),
                    held ? Statistics.ratio(ofHealthy(state, LoadResult::medianNanos)) : "",
                    held ? Statistics.ratio(ofHealthy(state, LoadResult::p99Nanos)) : "",
                    held ? "1.05" : "");
        }
        return table;
    }

    private String micros(BackendState state, ToLongFunction<LoadResult> latency) {
        return String.format(
                "%,d",
                Math.round(Statistics.median(of(state).stream()
                        .map(result -> latency.applyAsLong(result) / 1e3)
                        .toList())));
    }

    private String added(BackendState state, ToLongFunction<LoadResult> latency) {
        if (state == BackendState.NOT_CALLED) {
            return "";
        }
        List<LoadResult> without = of(BackendState.NOT_CALLED);
        List<Double> differences = IntStream.range(0, without.size())
                .mapToObj(round ->
                        (latency.applyAsLong(of(state).get(round)) - latency.applyAsLong(without.get(round))) / 1e3)
                .toList();
        return String.format("%,d", Math.round(Statistics.median(differences)));
    }

    private double ofHealthy(BackendState state, ToLongFunction<LoadResult> latency) {
        List<LoadResult> healthy = of(BackendState.HEALTHY);
        return Statistics.median(IntStream.range(0, healthy.size())
                .mapToObj(round ->
                        (double) latency.applyAsLong(of(state).get(round)) / latency.applyAsLong(healthy.get(round)))
                .toList());
    }

    private List<LoadResult> of(BackendState state) {
        return rounds.getOrDefault(state, List.of());
    }
}
