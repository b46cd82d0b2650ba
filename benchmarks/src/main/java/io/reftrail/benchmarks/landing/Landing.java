package io.reftrail.benchmarks.landing;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.Turns;
import io.reftrail.benchmarks.load.Load;
import io.reftrail.benchmarks.site.Requests;
import io.reftrail.benchmarks.site.Site;
import io.reftrail.benchmarks.site.Way;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code benchmarks/run landing}: visitors who arrive by a partner's link at a Tomcat, each with a click id of their own, next
 * to a filter that sends one fixed redirect with one fixed cookie.
 */
public final class Landing {

    private static final Map<String, String> OPTIONS =
            Map.of("warm-ups", "4", "rounds", "20", "seconds", "2", "connections", "8");

    private static final String FIXED = "a fixed redirect with a fixed cookie";
    private static final String OURS = "Reftrail: capture, cookies, redirect";

    private Landing() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("landing", arguments, OPTIONS, Landing::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        try (Site site = Site.start(directory);
                Load load = Load.start(directory, options.number("connections"))) {
            Map<String, Turns.Turn> turns = new LinkedHashMap<>();
            turns.put(FIXED, () -> perSecond(load, site, Way.REDIRECT, options));
            turns.put(OURS, () -> perSecond(load, site, Way.REFTRAIL, options));
            Turns measured = Turns.take(options.number("warm-ups"), options.number("rounds"), turns);
            System.out.println(measured.table("Tomcat, " + options.number("rounds") + " rounds", "landings/s"));
            Table goal = new Table("throughput of landings, of the fixed redirect's", "measured", "goal");
            System.out.println(goal.row("median", String.format("%.3f", measured.ratio(OURS, FIXED)), "0.9"));
            return true;
        }
    }

    private static double perSecond(Load load, Site site, Way way, Options options) throws Exception {
        String target = way.path() + "/pricing?refp_id=clk_############&plan=pro";
        return load.run(site.port(), List.of(Requests.get(target, "")), options.number("seconds"))
                .perSecond();
    }
}
