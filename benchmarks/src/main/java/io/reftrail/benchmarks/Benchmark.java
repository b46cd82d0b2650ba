package io.reftrail.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A program of {@code benchmarks/run}. */
@FunctionalInterface
public interface Benchmark {

    /**
     * Measures, and prints the results.
     *
     * @param options the command line
     * @param directory an empty directory for databases and logs
     * @return whether the promises that have no number were kept
     * @throws Exception if it could not measure
     */
    boolean measure(Options options, Path directory) throws Exception;

    /**
     * Runs a program, and ends this process: with 0 if the promises were kept, 1 if not, 2 if the program could not run.
     * The directory is kept unless the exit code is 0.
     *
     * @param defaults the names of all options, with their default values
     */
    static void main(String name, String[] arguments, Map<String, String> defaults, Benchmark benchmark) {
        int exitCode;
        try {
            Options options = Options.parse(arguments, defaults);
            System.out.printf("%s %s%n%s%n%n", name, options.values(), machine());
            Path parent = Path.of(System.getProperty("benchmarks.work", "target/runs"));
            Files.createDirectories(parent);
            Path directory = Files.createTempDirectory(parent, name + "-").toAbsolutePath();
            try {
                exitCode = benchmark.measure(options, directory) ? 0 : 1;
            } catch (Exception failure) {
                failure.printStackTrace();
                exitCode = 2;
            }
            if (exitCode == 0) {
                delete(directory);
            } else {
                System.err.println("Databases and logs are in "
                        + Path.of("").toAbsolutePath().relativize(directory));
            }
        } catch (IOException | RuntimeException failure) {
            failure.printStackTrace();
            exitCode = 2;
        }
        System.exit(exitCode);
    }

    private static String machine() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return "%s, %d cores of %s, %s %s, JDK %s (%s)"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"));
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /**
     * The options of a program, {@code --name=value} on the command line.
     *
     * @param values the values by name, defaults included
     */
    record Options(Map<String, String> values) {

        /** @throws IllegalArgumentException if an argument is not an option that the program knows */
        static Options parse(String[] arguments, Map<String, String> defaults) {
            Map<String, String> values = new TreeMap<>(defaults);
            for (String argument : arguments) {
                int equals = argument.indexOf('=');
                String name = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
                if (!defaults.containsKey(name)) {
                    throw new IllegalArgumentException("'" + argument + "' is none of the options " + defaults);
                }
                values.put(name, argument.substring(equals + 1));
            }
            return new Options(values);
        }

        /** Returns the value of an option. */
        public String text(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no option " + name);
            }
            return value;
        }

        /** Returns the value of an option as a number. */
        public int number(String name) {
            return Integer.parseInt(text(name));
        }
    }
}
