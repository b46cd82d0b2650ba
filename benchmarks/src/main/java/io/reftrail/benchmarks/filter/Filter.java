package io.reftrail.benchmarks.filter;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.Turns;
import io.reftrail.benchmarks.load.Load;
import io.reftrail.benchmarks.site.Site;
import io.reftrail.benchmarks.site.Way;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code benchmarks/run filter}: requests that have nothing for the filter. What it costs each in time and memory, by JMH;
 * and the throughput of a Tomcat with and without it, under load from another process. As promised if it allocates nothing.
 */
public final class Filter {

    private static final Map<String, String> OPTIONS = Map.of(
            "forks", "3", "iterations", "5", "warm-ups", "4", "rounds", "20", "seconds", "2", "connections", "8");

    private static final String WITHOUT = "without a filter";
    private static final String WITH = "with Reftrail's";

    private Filter() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("filter", arguments, OPTIONS, Filter::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        Costs costs = Costs.measure(options.number("forks"), options.number("iterations"), directory);
        System.out.println(costs.table());
        System.out.printf(
                "Goal: nothing allocated, 30 ns for a request without a query, 1 ns for each byte of one.%n%n");
        throughput(options, directory);
        return costs.allocatesNothing();
    }

    private static void throughput(Options options, Path directory) throws Exception {
        try (Site site = Site.start(directory);
                Load load = Load.start(directory, options.number("connections"))) {
            Map<String, Turns.Turn> turns = new LinkedHashMap<>();
            turns.put(WITHOUT, () -> perSecond(load, site, Way.BARE, options));
            turns.put(WITH, () -> perSecond(load, site, Way.REFTRAIL, options));
            Turns measured = Turns.take(options.number("warm-ups"), options.number("rounds"), turns);
            System.out.println(measured.table("Tomcat, " + options.number("rounds") + " rounds", "requests/s"));
            Table goal = new Table("throughput with the filter, of that without", "measured", "goal");
            System.out.println(goal.row("median", String.format("%.4f", measured.ratio(WITH, WITHOUT)), "0.99"));
        }
    }

    private static double perSecond(Load load, Site site, Way way, Options options) throws Exception {
        List<String> requests = Arrays.stream(RequestKind.values())
                .map(kind -> kind.onTheWire(way.path() + "/"))
                .toList();
        return load.run(site.port(), requests, options.number("seconds")).perSecond();
    }
}
