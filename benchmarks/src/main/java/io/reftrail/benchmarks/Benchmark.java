package io.reftrail.benchmarks;

import java.nio.file.Path;
import java.util.Map;

/** One program of {@code benchmarks/run}. */
@FunctionalInterface
public interface Benchmark {

    /**
     * Measures, and prints what it has measured.
     *
     * @param options the command line
     * @param directory an empty directory for databases and logs
     * @return whether all is as promised; only for what is promised without a number
     * @throws Exception if it could not measure
     */
    boolean measure(Options options, Path directory) throws Exception;

    /** Runs a program as a process: exit code 0 if all is as promised, 1 if not, 2 if it could not run. */
    static void main(String name, String[] arguments, Map<String, String> defaults, Benchmark benchmark) {
        int exitCode;
        try (WorkDirectory directory = WorkDirectory.create(name)) {
            Options options = Options.parse(arguments, defaults);
            System.out.printf("%s %s%n%s%n%n", name, options, Machine.describe());
            exitCode = benchmark.measure(options, directory.path()) ? 0 : 1;
            directory.discardIf(exitCode == 0);
        } catch (Exception failure) {
            failure.printStackTrace();
            exitCode = 2;
        }
        System.exit(exitCode);
    }
}
