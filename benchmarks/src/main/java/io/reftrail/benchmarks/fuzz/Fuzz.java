package io.reftrail.benchmarks.fuzz;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code benchmarks/run fuzz}: each fuzz test of core and of the servlet filter in turn, guided by coverage, for its share of
 * the time, from the seeds that {@code mvn verify} replays. An input that breaks a promise is kept, and the run has failed.
 */
public final class Fuzz {

    /** The name of a target, or a part of it, restricts the run to it. The minutes are those of all targets together. */
    private static final Map<String, String> OPTIONS =
            Map.of("minutes", "60", "parallel", "1", "only", "", "seed", "0");

    private static final List<Path> MODULES = List.of(Path.of("core"), Path.of("servlet-filter"));

    private Fuzz() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("fuzz", arguments, OPTIONS, Fuzz::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        List<Target> targets = new ArrayList<>();
        for (Path module : MODULES) {
            targets.addAll(Target.in(module));
        }
        targets.removeIf(target -> !target.title().contains(options.text("only")));
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("no target has '" + options.text("only") + "' in its name");
        }
        int seconds = Math.max(1, options.number("minutes") * 60 / targets.size());
        Table table = new Table(
                "target", "seconds", "executions", "executions/s", "coverage", "features", "corpus", "findings");
        boolean clean = true;
        List<FuzzResult> results = fuzz(targets, seconds, options, directory);
        for (int i = 0; i < targets.size(); i++) {
            FuzzResult result = results.get(i);
            clean &= result.isClean();
            table.row(
                    targets.get(i).title(),
                    result.seconds(),
                    result.executions(),
                    result.executions() / Math.max(1, result.seconds()),
                    result.coverage(),
                    result.features(),
                    result.corpus(),
                    result.isClean() ? "0" : "see " + targets.get(i).log(directory));
        }
        System.out.println(table);
        return clean;
    }

    private static List<FuzzResult> fuzz(List<Target> targets, int seconds, Options options, Path directory)
            throws Exception {
        ExecutorService fuzzers = Executors.newFixedThreadPool(options.number("parallel"));
        try {
            List<Callable<FuzzResult>> tasks = new ArrayList<>();
            for (Target target : targets) {
                tasks.add(() -> {
                    System.err.println(target.title());
                    return target.fuzz(seconds, options.number("seed"), directory);
                });
            }
            List<FuzzResult> results = new ArrayList<>();
            for (Future<FuzzResult> result : fuzzers.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            fuzzers.shutdownNow();
        }
    }
}
