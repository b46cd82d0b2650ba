package io.reftrail.benchmarks.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fuzz test, named by the directory of its seeds, which is where Jazzer looks for them.
 *
 * @param module the module whose test it is
 * @param type the class
 * @param method the method
 * @param seeds the directory of the seeds
 */
record Target(Path module, String type, String method, Path seeds) {

    private static final String INPUTS = "Inputs";
    private static final String OURS = "io.reftrail.**";

    /**
     * Returns the targets of a module.
     *
     * @throws IllegalStateException if a fuzz test has no seeds: it would be passed over
     */
    static List<Target> in(Path module) throws IOException {
        Path resources = module.resolve("src/test/resources");
        requireSeeds(module.resolve("src/test/java"), resources);
        try (Stream<Path> directories = Files.walk(resources)) {
            return directories
                    .filter(Files::isDirectory)
                    .filter(directory ->
                            directory.resolveSibling("").normalize().toString().endsWith(INPUTS))
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
     * Fuzzes for some time in a process of its own.
     *
     * @param seed of the fuzzer's random numbers; zero for one of its own choice
     */
    FuzzResult fuzz(int seconds, int seed, Path directory) throws IOException, InterruptedException {
        Path found = Files.createDirectories(directory.resolve(title())).toAbsolutePath();
        Path corpus = Files.createDirectories(found.resolve("corpus"));
        Path log = log(directory);
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
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop"));
        int exitCode = process.waitFor();
        return FuzzResult.read(exitCode, Files.readAllLines(log, StandardCharsets.ISO_8859_1));
    }

    /** The module's tests and what they need; {@code benchmarks/run} has Maven write it down. */
    private String classPath() throws IOException {
        Path target = module.resolve("target").toAbsolutePath();
        return String.join(
                File.pathSeparator,
                target.resolve("test-classes").toString(),
                target.resolve("classes").toString(),
                Files.readString(target.resolve("fuzz-classpath")).strip());
    }
}
