package io.reftrail.benchmarks.peers;

import io.reftrail.benchmarks.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process of one contender. Not thread-safe. */
final class Child implements AutoCloseable {

    private final JavaProcess process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private Child(JavaProcess process) throws IOException {
        this.process = process;
        this.output = process.output();
        this.input = process.input();
        read();
    }

    /** Starts it, and waits until it is ready. All have the same size. */
    static Child start(Contender contender, URI server, Path directory, String jdbcUrl) throws IOException {
        Files.createDirectories(directory);
        return new Child(JavaProcess.start(
                PeerProcess.class.getName(),
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                directory,
                "peer.log",
                List.of(contender.name(), server.toString(), directory.toString(), jdbcUrl)));
    }

    /**
     * Reports customers, and returns how long half of the calls and 99 % of them took at most, in nanoseconds.
     *
     * @param threads how many call at the same time
     */
    long[] report(int from, int count, int threads) throws IOException {
        String[] words = ask("report " + from + " " + count + " " + threads).split(" ", -1);
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    }

    void flush() throws IOException {
        ask("flush");
    }

    /** Bytes that it has allocated so far. */
    long allocated() throws IOException {
        return Long.parseLong(ask("allocated"));
    }

    /** Bytes in use after a collection. */
    long heap() throws IOException {
        return Long.parseLong(ask("heap"));
    }

    /** Ends it in good order, and waits for that. */
    void shutDown() throws IOException, InterruptedException {
        ask("close");
        process.await();
    }

    void kill() throws InterruptedException {
        process.kill();
    }

    private String ask(String order) throws IOException {
        input.write(order + "\n");
        input.flush();
        return read();
    }

    private String read() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("a contender's process has ended, see peer.log");
        }
        return line;
    }

    @Override
    public void close() {
        process.close();
    }
}
