package io.reftrail.benchmarks.kill;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.Table;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/**
 * {@code benchmarks/run kill}: for each embedded store, a process that enqueues and delivers is killed with SIGKILL again
 * and again, on the same files. Every lead whose enqueueing has returned has to arrive. The stores take turns.
 */
public final class Kill {

    private static final Map<String, String> OPTIONS =
            Map.of("cycles", "200", "longest-life-millis", "800", "seed", "1");

    private Kill() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("kill", arguments, OPTIONS, Kill::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        Random random = new Random(options.number("seed"));
        double[] seconds = new double[2];
        try (Trial sqlite = new Trial(Store.SQLITE, directory, random);
                Trial h2 = new Trial(Store.H2, directory, random)) {
            for (int cycle = 1; cycle <= options.number("cycles"); cycle++) {
                seconds[0] += cycle(sqlite, cycle, options);
                seconds[1] += cycle(h2, cycle, options);
                System.err.printf("\r%d of %d cycles", cycle, options.number("cycles"));
            }
            System.err.println();
            TrialResult first = sqlite.finish(seconds[0]);
            TrialResult second = h2.finish(seconds[1]);
            print(options.number("cycles"), first, second);
            return first.isGood();
        }
    }

    private static double cycle(Trial trial, int number, Options options) throws Exception {
        long start = System.nanoTime();
        trial.cycle(number, options.number("longest-life-millis"));
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(int cycles, TrialResult sqlite, TrialResult h2) {
        System.out.println(new Table(cycles + " kills", Store.SQLITE.title(), Store.H2.title())
                .row("acknowledged", sqlite.acknowledged(), h2.acknowledged())
                .row("lost", sqlite.lost(), h2.lost())
                .row("left in the outbox", sqlite.waiting(), h2.waiting())
                .row("stalls after a restart", sqlite.stalls(), h2.stalls())
                .row("sent twice", sqlite.duplicates(), h2.duplicates())
                .row("mean enqueue, microseconds", sqlite.meanMicros(), h2.meanMicros())
                .row("seconds", sqlite.seconds(), h2.seconds()));
    }
}
