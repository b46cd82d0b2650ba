package io.reftrail.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM on this one's class path. What it writes to its error stream goes to a file; it ends with this JVM. */
public final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final Thread hook;

    private JavaProcess(Process process) {
        this.process = process;
        this.hook = new Thread(process::destroyForcibly, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a main class.
     *
     * @param main its name
     * @param jvmOptions heap size and the like
     * @param directory where it runs
     * @param log the file in that directory that its error stream is added to
     */
    public static JavaProcess start(
            String main, List<String> jvmOptions, Path directory, String log, List<String> arguments)
            throws IOException {
        return startOn(System.getProperty("java.class.path"), main, jvmOptions, directory, log, arguments);
    }

    /** As {@link #start}, on another class path. */
    public static JavaProcess startOn(
            String classPath, String main, List<String> jvmOptions, Path directory, String log, List<String> arguments)
            throws IOException {
        return start(List.of("-cp", absolute(classPath), main), jvmOptions, directory, log, Redirect.PIPE, arguments);
    }

    /** As {@link #start}, for a packaged application; what it prints goes to the log as well. */
    public static JavaProcess startJar(
            Path jar, List<String> jvmOptions, Path directory, String log, List<String> arguments) throws IOException {
        List<String> what = List.of("-jar", jar.toAbsolutePath().toString());
        Redirect output = Redirect.appendTo(directory.resolve(log).toFile());
        return start(what, jvmOptions, directory, log, output, arguments);
    }

    private static JavaProcess start(
            List<String> what,
            List<String> jvmOptions,
            Path directory,
            String log,
            Redirect output,
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(what);
        command.addAll(arguments);
        return new JavaProcess(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output)
                .redirectError(Redirect.appendTo(directory.resolve(log).toFile()))
                .start());
    }

    private static String absolute(String classPath) {
        return List.of(classPath.split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElse("");
    }

    /** What it writes to its output stream, which somebody has to read. */
    public BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /** What it reads from its input stream. */
    public BufferedWriter input() {
        return process.outputWriter(StandardCharsets.UTF_8);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        forget();
    }

    /** Waits until it has ended by itself and returns its exit code. */
    public int await() throws InterruptedException {
        int exitCode = process.waitFor();
        forget();
        return exitCode;
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            process.destroyForcibly();
        }
    }

    /** Ends it in good order. */
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
        forget();
    }
}
