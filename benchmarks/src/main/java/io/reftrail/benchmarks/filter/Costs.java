package io.reftrail.benchmarks.filter;

import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.site.Requests;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What JMH and its gc profiler have found. */
final class Costs {

    /** In bytes. The smallest object has 16; less than one is what JMH itself allocates beside the calls. */
    private static final double NOTHING = 1;

    private final Collection<RunResult> results;

    private Costs(Collection<RunResult> results) {
        this.results = results;
    }

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
        Table table = new Table("a request with", "empty chain, ns", "with the filter, ns", "added, ns", "bytes");
        for (RequestKind kind : RequestKind.values()) {
            double empty = nanos("empty", kind);
            double filtered = nanos("filter", kind);
            table.row(kind.title(), tenths(empty), tenths(filtered), tenths(filtered - empty), bytes(kind));
        }
        double perByte = (nanos("filter", RequestKind.QUERY) - nanos("filter", RequestKind.NO_QUERY))
                / Requests.QUERY.length();
        return table.row("each byte of a query", "", "", String.format("%.2f", perByte), "");
    }

    boolean allocatesNothing() {
        for (RequestKind kind : RequestKind.values()) {
            if (allocated(kind) >= NOTHING) {
                return false;
            }
        }
        return true;
    }

    private static String tenths(double nanos) {
        return String.format("%.1f", nanos);
    }

    private String bytes(RequestKind kind) {
        double allocated = allocated(kind);
        return allocated < NOTHING ? "0" : String.format("%.2f", allocated);
    }

    private double nanos(String method, RequestKind kind) {
        return of(method, kind).getPrimaryResult().getScore();
    }

    private double allocated(RequestKind kind) {
        RunResult result = of("filter", kind);
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        throw new IllegalStateException("no gc profiler");
    }

    private RunResult of(String method, RequestKind kind) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .filter(result -> result.getParams().getParam("kind").equals(kind.name()))
                .findFirst()
                .orElseThrow();
    }
}
