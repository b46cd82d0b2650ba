package io.reftrail.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code benchmarks/run fuzz}: runs the fuzz tests of core and of the servlet filter with Jazzer, each for its share of the
 * time, from the seeds that {@code mvn verify} replays. Ends with 1 if an input breaks a promise; that input is kept.
 */
public final class Fuzz {

    /** {@code only} is a part of the targets' names. The minutes are shared by all targets. */
    private static final Map<String, String> OPTIONS =
            Map.of("minutes", "60", "parallel", "1", "only", "", "seed", "0");

    private static final List<Path> MODULES = List.of(Path.of("core"), Path.of("servlet-filter"));

    private Fuzz() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("fuzz", arguments, OPTIONS, Fuzz::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        List<Target> targets = new ArrayList<>();
        for (Path module : MODULES) {
            targets.addAll(Target.in(module));
        }
        targets.removeIf(target -> !target.title().contains(options.text("only")));
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("no target has '" + options.text("only") + "' in its name");
        }
        int seconds = Math.max(1, options.number("minutes") * 60 / targets.size());
        List<Result> results = fuzz(targets, seconds, options, directory);
        Table table = new Table(
                "target", "seconds", "executions", "executions/s", "coverage", "features", "corpus", "findings");
        for (int i = 0; i < targets.size(); i++) {
            Result result = results.get(i);
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
        return results.stream().allMatch(Result::isClean);
    }

    private static List<Result> fuzz(List<Target> targets, int seconds, Benchmark.Options options, Path directory)
            throws Exception {
        ExecutorService fuzzers = Executors.newFixedThreadPool(options.number("parallel"));
        try {
            List<Callable<Result>> tasks = new ArrayList<>();
            for (Target target : targets) {
                tasks.add(() -> {
                    System.err.println(target.title());
                    return target.fuzz(seconds, options.number("seed"), directory);
                });
            }
            List<Result> results = new ArrayList<>();
            for (Future<Result> result : fuzzers.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            fuzzers.shutdownNow();
        }
    }

    /**
     * A fuzz test. Its seeds are in the directory where Jazzer looks for them.
     *
     * @param module the module of the test
     * @param type the test class
     * @param method the test method
     * @param seeds the directory of the seeds
     */
    private record Target(Path module, String type, String method, Path seeds) {

        private static final String INPUTS = "Inputs";
        private static final String OURS = "io.reftrail.**";

        /**
         * Returns the targets of a module.
         *
         * @throws IllegalStateException if a fuzz test has no seeds, because it would be left out
         */
        static List<Target> in(Path module) throws IOException {
            Path resources = module.resolve("src/test/resources");
            requireSeeds(module.resolve("src/test/java"), resources);
            try (Stream<Path> directories = Files.walk(resources)) {
                return directories
                        .filter(Files::isDirectory)
                        .filter(directory -> directory
                                .resolveSibling("")
                                .normalize()
                                .toString()
                                .endsWith(INPUTS))
                        .sorted()
                        .map(directory -> of(module, resources, directory))
                        .toList();
            }
        }

        private static void requireSeeds(Path sources, Path resources) throws IOException {
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith("FuzzTests.java")).forEach(file -> {
                    String test = sources.relativize(file).toString().replace(".java", INPUTS);
                    if (!Files.isDirectory(resources.resolve(test))) {
                        throw new IllegalStateException("there are no seeds in " + resources.resolve(test));
                    }
                });
            }
        }

        private static Target of(Path module, Path resources, Path seeds) {
            String inputs = resources.relativize(seeds.getParent()).toString().replace(File.separatorChar, '.');
            String type = inputs.substring(0, inputs.length() - INPUTS.length());
            return new Target(module, type, seeds.getFileName().toString(), seeds);
        }

        String title() {
            return type.substring(type.lastIndexOf('.') + 1).replace("FuzzTests", "") + "." + method;
        }

        Path log(Path directory) {
            return directory.resolve(title() + ".log");
        }

        /**
         * Fuzzes in a process of its own.
         *
         * @param seed of the fuzzer's random numbers; zero for one that it chooses
         */
        Result fuzz(int seconds, int seed, Path directory) throws IOException, InterruptedException {
            Path found = Files.createDirectories(directory.resolve(title())).toAbsolutePath();
            Path corpus = Files.createDirectories(found.resolve("corpus"));
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    classPath(),
                    "com.code_intelligence.jazzer.Jazzer",
                    "--target_class=" + type,
                    "--target_method=" + method,
                    "--hooks=true",
                    "--instrumentation_includes=" + OURS,
                    "--custom_hook_includes=" + OURS,
                    "--reproducer_path=" + found,
                    "-artifact_prefix=" + found + File.separator,
                    "-max_total_time=" + seconds,
                    "-seed=" + seed,
                    corpus.toString(),
                    seeds.toAbsolutePath().toString());
            Process process = new ProcessBuilder(command)
                    .directory(found.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log(directory).toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop"));
            int exitCode = process.waitFor();
            return Result.read(exitCode, Files.readAllLines(log(directory), StandardCharsets.ISO_8859_1));
        }

        /** Returns the class path of the module's tests, which {@code benchmarks/run} has Maven write to a file. */
        private String classPath() throws IOException {
            Path target = module.resolve("target").toAbsolutePath();
            return String.join(
                    File.pathSeparator,
                    target.resolve("test-classes").toString(),
                    target.resolve("classes").toString(),
                    Files.readString(target.resolve("fuzz-classpath")).strip());
        }
    }

    /**
     * The result of fuzzing a target.
     *
     * @param exitCode 0 if the fuzzer has ended because its time was up
     * @param seconds how long it ran, by its own clock
     * @param executions how many inputs it has tried
     * @param coverage how many edges of our code it has reached
     * @param features edges together with how often they were taken
     * @param corpus how many inputs have reached something new
     */
    record Result(int exitCode, long seconds, long executions, long coverage, long features, long corpus) {

        private static final Pattern PROGRESS = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)/");
        private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

        /** Reads the log of libFuzzer, which prints its progress repeatedly. The last figures count. */
        static Result read(int exitCode, List<String> log) {
            long[] progress = {0, 0, 0};
            long[] done = {0, 0};
            for (String line : log) {
                readNumbers(PROGRESS.matcher(line), progress);
                readNumbers(DONE.matcher(line), done);
            }
            return new Result(exitCode, done[1], done[0], progress[0], progress[1], progress[2]);
        }

        private static void readNumbers(Matcher line, long[] numbers) {
            if (line.find()) {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Long.parseLong(line.group(i + 1));
                }
            }
        }

        /** Returns whether inputs were tried until the time was up, our code was reached, and no promise was broken. */
        boolean isClean() {
            return exitCode == 0 && executions > 0 && coverage > 0;
        }
    }
}
