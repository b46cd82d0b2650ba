package io.reftrail.samples.demo;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM that ends with this one, with a log file. The demo and the benchmarks start all their processes with it. */
public final class JavaProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final int LAST_LINES = 30;

    private final Process process;
    private final Path log;
    private final Thread hook;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a main class on this JVM's class path. Its error stream goes to the log; the caller reads {@link #output()}.
     *
     * @param main the name of the class
     * @param jvmOptions heap size and the like
     * @param log the file to append to, in the directory that becomes the working directory
     */
    public static JavaProcess start(String main, List<String> jvmOptions, Path log, List<String> arguments)
            throws IOException {
        return startOn(System.getProperty("java.class.path"), main, jvmOptions, log, arguments);
    }

    /** Starts a main class as {@link #start} does, on another class path. */
    public static JavaProcess startOn(
            String classPath, String main, List<String> jvmOptions, Path log, List<String> arguments)
            throws IOException {
        String absolute = Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return launch(jvmOptions, List.of("-cp", absolute, main), log, Redirect.PIPE, arguments);
    }

    /** Starts a packaged application. All of its output goes to the log. */
    public static JavaProcess startJar(Path jar, List<String> jvmOptions, Path log, List<String> arguments)
            throws IOException {
        List<String> program = List.of("-jar", jar.toAbsolutePath().toString());
        return launch(jvmOptions, program, log, Redirect.appendTo(log.toFile()), arguments);
    }

    private static JavaProcess launch(
            List<String> jvmOptions, List<String> program, Path log, Redirect output, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(program);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(log.toAbsolutePath().resolveSibling("").toFile())
                .redirectOutput(output)
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
        return new JavaProcess(process, log);
    }

    /**
     * Returns the executable jar of a sample application.
     *
     * @param module the application's directory
     * @throws IOException if it has not been packaged
     */
    public static Path applicationJar(Path module) throws IOException {
        Path target = module.resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no application in " + target + ": run mvn package first"));
        }
    }

    /**
     * Waits until the process answers HTTP requests, with whatever status.
     *
     * @throws IOException if it ends, or does not answer within two minutes; the message has the last lines of the log
     */
    public void awaitReady(URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                client.send(request, BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
        String state = process.isAlive() ? "no answer" : "ended with " + process.exitValue();
        throw new IOException(
                "%s: %s; its output is in %s and ends with%n%s".formatted(address, state, log, lastLines()));
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Returns the content of the log. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Returns what the process writes to its output stream, unless that goes to the log. */
    public BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Reads the next line that the process writes to its output stream.
     *
     * @throws IOException if it ends without one
     */
    public String readLine() throws IOException {
        String line = output().readLine();
        if (line == null) {
            throw new IOException("the process has ended; see " + log);
        }
        return line;
    }

    /** Returns the input stream of the process, to write to. */
    public BufferedWriter input() {
        return process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL, and waits for the end of the process. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        removeHook();
    }

    /** Waits for the end of the process and returns its exit code. */
    public int await() throws InterruptedException {
        int exitCode = process.waitFor();
        removeHook();
        return exitCode;
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            process.destroyForcibly();
        }
    }

    /** Asks the process to end, and kills it after 20 seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        removeHook();
    }
}
