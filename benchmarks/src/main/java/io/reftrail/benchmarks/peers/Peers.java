package io.reftrail.benchmarks.peers;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.Table;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code benchmarks/run peers}: the same event, reported by Reftrail and by what else there is, to the same server, each in a
 * process of its own and of the same size. As promised if Reftrail's durable outboxes lose nothing.
 */
public final class Peers {

    private static final Map<String, String> OPTIONS =
            Map.of("events", "10000", "waiting", "100000", "last", "2000", "only", "all");

    private Peers() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("peers", arguments, OPTIONS, Peers::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        List<String> only = List.of(options.text("only").split(",", -1));
        Map<Contender, Result> results = new EnumMap<>(Contender.class);
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                Collector collector = new Collector()) {
            for (Contender contender : Contender.values()) {
                if (only.contains("all") || only.contains(contender.name())) {
                    Result result = new Examination(contender, collector, postgreSql, directory).take(options);
                    System.err.println(contender.title() + " " + result);
                    results.put(contender, result);
                }
            }
        }
        print(results, options);
        return results.entrySet().stream()
                .filter(result -> result.getKey().isOurs() && result.getKey().isDurable())
                .allMatch(result -> result.getValue().hasLostNothing(options.number("waiting")));
    }

    private static void print(Map<Contender, Result> results, Options options) {
        Table speed = new Table(
                "hand-off and delivery",
                "a call, us: half",
                "99 %",
                "events/s, to the end",
                "bytes an event",
                "heap in the outage, MB");
        Table losses = new Table(
                "events",
                "arrived after the outage, of %,d".formatted(options.number("waiting")),
                "lost at kill -9, of %,d".formatted(options.number("last")),
                "at shutdown",
                "at shutdown in an outage");
        results.forEach((contender, result) -> {
            speed.row(
                    contender.title(),
                    String.format("%.1f", result.medianNanos() / 1e3),
                    String.format("%.1f", result.p99Nanos() / 1e3),
                    Math.round(result.perSecond()),
                    result.bytesPerEvent(),
                    String.format("%.1f", result.waitingHeap() / 1e6));
            losses.row(
                    contender.title(),
                    result.afterOutage(),
                    result.lostAtKill(),
                    result.lostAtShutdown(),
                    result.lostAtShutdownInOutage());
        });
        System.out.println(speed);
        System.out.println(losses);
    }
}
