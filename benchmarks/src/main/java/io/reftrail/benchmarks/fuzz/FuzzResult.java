package io.reftrail.benchmarks.fuzz;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fuzzing one target came to.
 *
 * @param exitCode 0 if it ended because its time was up
 * @param seconds how long it ran, by the fuzzer's own clock
 * @param executions how many inputs were tried
 * @param coverage the edges of our code that were reached
 * @param features what the fuzzer tells inputs apart by: edges and how often they were taken
 * @param corpus the inputs that reached something new
 */
record FuzzResult(int exitCode, long seconds, long executions, long coverage, long features, long corpus) {

    private static final Pattern PROGRESS = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)/");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

    /** Reads the log of libFuzzer, which states its progress again and again; the last word counts. */
    static FuzzResult read(int exitCode, List<String> log) {
        long[] progress = {0, 0, 0};
        long[] done = {0, 0};
        for (String line : log) {
            take(PROGRESS.matcher(line), progress);
            take(DONE.matcher(line), done);
        }
        return new FuzzResult(exitCode, done[1], done[0], progress[0], progress[1], progress[2]);
    }

    private static void take(Matcher line, long[] numbers) {
        if (line.find()) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Long.parseLong(line.group(i + 1));
            }
        }
    }

    /** Whether inputs were tried until the time was up, code of ours was reached, and no promise was broken. */
    boolean isClean() {
        return exitCode == 0 && executions > 0 && coverage > 0;
    }
}
