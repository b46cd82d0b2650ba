package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * The shop as Spring's ahead-of-time processing makes it: its beans are code that was generated and compiled, and it runs in a
 * JVM of its own with {@code spring.aot.enabled}.
 */
final class ProcessedShop implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Path log;
    private final Process process;

    /** @param directory where sources, resources, classes and the log go */
    ProcessedShop(Path directory, String... properties) {
        Path classes = directory.resolve("classes");
        log = directory.resolve("log");
        try {
            run(
                    directory.resolve("processing"),
                    "-cp",
                    classPath(),
                    SpringApplicationAotProcessor.class.getName(),
                    ShopApplication.class.getName(),
                    directory.resolve("sources").toString(),
                    directory.resolve("resources").toString(),
                    classes.toString(),
                    "io.example",
                    "shop");
            compile(directory.resolve("sources"), classes);
            List<String> command = new ArrayList<>(List.of(
                    "-Dspring.aot.enabled=true",
                    "-cp",
                    classes + File.pathSeparator + classPath(),
                    ShopApplication.class.getName(),
                    "--server.port=0"));
            for (String property : properties) {
                command.add("--" + property);
            }
            process = java(log, command);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static Process java(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void run(Path log, String... arguments) throws IOException {
        Process process = java(log, List.of(arguments));
        assertThat(process.onExit().join().exitValue()).as(() -> read(log)).isZero();
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("--source-path", sources.toString(), "-proc:none", "-nowarn", "-d", classes.toString(), "-cp"));
        arguments.add(classes + File.pathSeparator + classPath());
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        int exit = javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(exit).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String log() {
        return read(log);
    }

    /** Waits until it serves, and returns where. */
    int port() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !process.isAlive() || PORT.matcher(log()).find());
        Matcher port = PORT.matcher(log());
        assertThat(port.find()).as(log()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
