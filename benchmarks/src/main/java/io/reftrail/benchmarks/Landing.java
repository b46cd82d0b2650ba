package io.reftrail.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code benchmarks/run landing}: visitors who arrive at a Tomcat by a partner's link, each with a new click id, compared with
 * a filter that sends one fixed redirect with one fixed cookie, and with one that sends the same lines as Reftrail.
 */
public final class Landing {

    private static final Map<String, String> OPTIONS =
            Map.of("warm-ups", "4", "rounds", "20", "seconds", "2", "connections", "8");

    private static final String FIXED = "a fixed redirect with a fixed cookie";
    private static final String SAME_LINES = "a fixed redirect with the same lines";
    private static final String OURS = "Reftrail: capture, cookies, redirect";

    private Landing() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("landing", arguments, OPTIONS, Landing::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        try (Site site = Site.start(directory);
                LoadGenerator load = LoadGenerator.start(directory, options.number("connections"))) {
            Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
            measurements.put(
                    FIXED, () -> load.perSecond(site.port(), landing(Site.REDIRECT), options.number("seconds")));
            measurements.put(
                    SAME_LINES, () -> load.perSecond(site.port(), landing(Site.SAME_LINES), options.number("seconds")));
            measurements.put(
                    OURS, () -> load.perSecond(site.port(), landing(Site.REFTRAIL), options.number("seconds")));
            Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), measurements);
            System.out.println(rounds.table("Tomcat, " + options.number("rounds") + " rounds", "landings/s"));
            System.out.println(new Table("throughput of landings with Reftrail", "measured", "goal")
                    .row("of the fixed redirect's", Rounds.thousandths(rounds.ratio(OURS, FIXED)), "0.95")
                    .row("of that with the same lines", Rounds.thousandths(rounds.ratio(OURS, SAME_LINES)), ""));
            return true;
        }
    }

    private static List<String> landing(String path) {
        return List.of(Site.get(path + "/pricing?refp_id=clk_" + LoadGenerator.NUMBER + "&plan=pro", null));
    }
}
