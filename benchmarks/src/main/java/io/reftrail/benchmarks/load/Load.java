package io.reftrail.benchmarks.load;

import io.reftrail.benchmarks.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process that puts servers under load, one after the other. Not thread-safe. */
public final class Load implements AutoCloseable {

    private final Path directory;
    private final JavaProcess process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private int orders;

    private Load(Path directory, JavaProcess process) {
        this.directory = directory;
        this.process = process;
        this.output = process.output();
        this.input = process.input();
    }

    /**
     * Starts the process.
     *
     * @param connections how many requests are under way at the same time, each on a connection of its own
     */
    public static Load start(Path directory, int connections) throws IOException {
        List<String> jvm = List.of("-Xmx256m", "-XX:+UseSerialGC");
        return new Load(
                directory,
                JavaProcess.start(LoadProcess.class.getName(), jvm, directory, "load.log", List.of("" + connections)));
    }

    /**
     * Sends requests in turns until the time is over.
     *
     * @param port the server's, on the loopback interface
     * @param requests as they go over the wire; {@value Connection#NUMBER} becomes a number of as many digits that no other
     *     request of this process has
     * @throws IOException if a server does not answer, or answers with a status from 400 on
     */
    public LoadResult run(int port, List<String> requests, double seconds) throws IOException {
        Path file = directory.resolve("requests-" + orders++);
        Files.writeString(file, String.join(LoadProcess.SEPARATOR, requests));
        input.write(port + " " + seconds + " " + file + "\n");
        input.flush();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the load generator has failed, see load.log");
        }
        return LoadResult.parse(line);
    }

    @Override
    public void close() {
        process.close();
    }
}
