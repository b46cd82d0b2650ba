package io.reftrail.benchmarks;

import static io.reftrail.benchmarks.FilterCost.RequestKind;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code benchmarks/run filter}: requests without a click. JMH measures what the filter costs in time and memory, then a
 * Tomcat under load is measured with and without it. Ends with 1 if the filter allocates anything.
 */
public final class Filter {

    private static final Map<String, String> OPTIONS = Map.of(
            "forks", "3", "iterations", "5", "warm-ups", "4", "rounds", "20", "seconds", "2", "connections", "8");

    private static final String WITHOUT = "without a filter";
    private static final String WITH = "with Reftrail's";

    /** In bytes. The smallest object has 16; JMH itself allocates less than one for each call. */
    private static final double NOTHING = 1;

    private Filter() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("filter", arguments, OPTIONS, Filter::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        Costs costs = Costs.measure(options.number("forks"), options.number("iterations"), directory);
        System.out.println(costs.table());
        System.out.printf(
                "Goal: nothing allocated, 30 ns for a request without a query, 1 ns for each byte of one.%n%n");
        throughput(options, directory);
        return Arrays.stream(RequestKind.values())
                .allMatch(kind ->
                        costs.allocated("filter", kind) < NOTHING && costs.allocated("attribution", kind) < NOTHING);
    }

    private static void throughput(Benchmark.Options options, Path directory) throws Exception {
        try (Site site = Site.start(directory);
                LoadGenerator load = LoadGenerator.start(directory, options.number("connections"))) {
            Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
            measurements.put(
                    WITHOUT, () -> load.perSecond(site.port(), requests(Site.BARE), options.number("seconds")));
            measurements.put(
                    WITH, () -> load.perSecond(site.port(), requests(Site.REFTRAIL), options.number("seconds")));
            Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), measurements);
            System.out.println(rounds.table("Tomcat, " + options.number("rounds") + " rounds", "requests/s"));
            System.out.println(new Table("throughput with the filter, of that without", "measured", "goal")
                    .row("median", String.format("%.4f", rounds.ratio(WITH, WITHOUT)), "0.99"));
        }
    }

    private static List<String> requests(String path) {
        return Arrays.stream(RequestKind.values())
                .map(kind -> kind.onTheWire(path + "/"))
                .toList();
    }

    /** The results of JMH with its gc profiler. */
    private record Costs(Collection<RunResult> results) {

        static Costs measure(int forks, int iterations, Path directory) throws RunnerException {
            return new Costs(new Runner(new OptionsBuilder()
                            .include(FilterCost.class.getName().replace(".", "\\."))
                            .addProfiler(GCProfiler.class)
                            .forks(forks)
                            .warmupIterations(iterations)
                            .warmupTime(TimeValue.seconds(1))
                            .measurementIterations(iterations)
                            .measurementTime(TimeValue.seconds(1))
                            .jvmArgsAppend("-Xmx256m")
                            .output(directory.resolve("jmh.log").toString())
                            .build())
                    .run());
        }

        Table table() {
            Table table = new Table(
                    "a request with",
                    "empty chain, ns",
                    "with the filter, ns",
                    "added, ns",
                    "bytes",
                    "with attribution, ns",
                    "bytes");
            for (RequestKind kind : RequestKind.values()) {
                double empty = nanos("empty", kind);
                double filtered = nanos("filter", kind);
                table.row(
                        kind.title(),
                        String.format("%.1f", empty),
                        String.format("%.1f", filtered),
                        String.format("%.1f", filtered - empty),
                        bytes("filter", kind),
                        String.format("%.1f", nanos("attribution", kind)),
                        bytes("attribution", kind));
            }
            double ofQuery = nanos("filter", RequestKind.QUERY) - nanos("filter", RequestKind.NO_QUERY);
            return table.row(
                    "each byte of a query", "", "", String.format("%.2f", ofQuery / Site.QUERY.length()), "", "", "");
        }

        private String bytes(String method, RequestKind kind) {
            double allocated = allocated(method, kind);
            return allocated < NOTHING ? "0" : String.format("%.2f", allocated);
        }

        @SuppressWarnings("rawtypes") // JMH's own signature
        double allocated(String method, RequestKind kind) {
            RunResult result = of(method, kind);
            return result.getSecondaryResults().entrySet().stream()
                    .filter(secondary -> secondary.getKey().endsWith("gc.alloc.rate.norm"))
                    .mapToDouble(secondary -> secondary.getValue().getScore())
                    .findFirst()
                    .orElseThrow();
        }

        private double nanos(String method, RequestKind kind) {
            return of(method, kind).getPrimaryResult().getScore();
        }

        private RunResult of(String method, RequestKind kind) {
            return results.stream()
                    .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                    .filter(result -> result.getParams().getParam("kind").equals(kind.name()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
