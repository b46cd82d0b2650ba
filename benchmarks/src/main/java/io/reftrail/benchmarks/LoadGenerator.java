package io.reftrail.benchmarks;

import io.reftrail.samples.demo.JavaProcess;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that sends HTTP/1.1 requests over connections that are kept alive, a request on each when the one before is
 * answered. Not thread-safe.
 */
final class LoadGenerator implements AutoCloseable {

    /** Becomes a number of as many digits in a request, a new one for each request. */
    static final String NUMBER = "############";

    private static final String SEPARATOR = "\0";

    private final Path directory;
    private final JavaProcess process;
    private int runs;

    private LoadGenerator(Path directory, JavaProcess process) {
        this.directory = directory;
        this.process = process;
    }

    static LoadGenerator start(Path directory, int connections) throws IOException {
        return new LoadGenerator(
                directory,
                JavaProcess.start(
                        LoadGenerator.class.getName(),
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        directory.resolve("load.log"),
                        List.of(Integer.toString(connections))));
    }

    /**
     * Sends requests in turns, and returns how many were answered in a second.
     *
     * @param port the server's, on the loopback interface
     * @param requests the requests as they go over the wire
     * @throws IOException if the server does not answer, or answers with a status from 400 on
     */
    double perSecond(int port, List<String> requests, double seconds) throws IOException {
        Path file = directory.resolve("requests-" + runs++);
        Files.writeString(file, String.join(SEPARATOR, requests));
        process.input().write(port + " " + seconds + " " + file + "\n");
        process.input().flush();
        return Double.parseDouble(process.readLine());
    }

    @Override
    public void close() {
        process.close();
    }

    /** Runs in the process: reads a run from each line of its input, and answers with a line. Argument: the connections. */
    public static void main(String[] arguments) throws Exception {
        int connections = Integer.parseInt(arguments[0]);
        AtomicLong numbers = new AtomicLong();
        ExecutorService executor = Executors.newFixedThreadPool(connections);
        BufferedReader runs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String run = runs.readLine(); run != null; run = runs.readLine()) {
            String[] words = run.split(" ", 3);
            int port = Integer.parseInt(words[0]);
            List<byte[]> requests = Arrays.stream(
                            Files.readString(Path.of(words[2])).split(SEPARATOR, -1))
                    .map(request -> request.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
            long start = System.nanoTime();
            long end = start + (long) (Double.parseDouble(words[1]) * 1e9);
            List<Future<Long>> loops = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                loops.add(executor.submit(() -> {
                    try (Connection connection = new Connection(port, numbers)) {
                        return connection.exchangeUntil(end, requests);
                    }
                }));
            }
            long answered = 0;
            for (Future<Long> loop : loops) {
                answered += loop.get();
            }
            System.out.println(answered * 1e9 / (System.nanoTime() - start));
        }
        executor.shutdownNow();
    }

    private static final class Connection implements AutoCloseable {

        private static final int TIMEOUT_MILLIS = 30_000;

        private final AtomicLong numbers;
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final StringBuilder line = new StringBuilder(128);

        Connection(int port, AtomicLong numbers) throws IOException {
            this.numbers = numbers;
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            this.in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            this.out = socket.getOutputStream();
        }

        long exchangeUntil(long end, List<byte[]> requests) throws IOException {
            List<byte[]> own = requests.stream().map(byte[]::clone).toList();
            List<List<Integer>> gaps = own.stream().map(Connection::gaps).toList();
            long answered = 0;
            for (int i = 0; System.nanoTime() < end; i = (i + 1) % own.size()) {
                fill(own.get(i), gaps.get(i));
                out.write(own.get(i));
                readResponse();
                answered++;
            }
            return answered;
        }

        private static List<Integer> gaps(byte[] request) {
            String text = new String(request, StandardCharsets.ISO_8859_1);
            List<Integer> gaps = new ArrayList<>();
            for (int at = text.indexOf(NUMBER); at >= 0; at = text.indexOf(NUMBER, at + 1)) {
                gaps.add(at);
            }
            return gaps;
        }

        private void fill(byte[] request, List<Integer> gaps) {
            if (gaps.isEmpty()) {
                return;
            }
            long number = numbers.incrementAndGet();
            for (int digit = NUMBER.length() - 1; digit >= 0; digit--) {
                for (int gap : gaps) {
                    request[gap + digit] = (byte) ('0' + number % 10);
                }
                number /= 10;
            }
        }

        private void readResponse() throws IOException {
            String status = readLine();
            if (status.length() < 12 || status.charAt(9) >= '4') {
                throw new IOException("answered " + status);
            }
            long length = 0;
            for (String header = readLine(); !header.isEmpty(); header = readLine()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(lower.substring(15).strip());
                } else if (lower.startsWith("transfer-encoding:")) {
                    throw new IOException("a response of unknown length");
                }
            }
            in.skipNBytes(length);
        }

        private String readLine() throws IOException {
            line.setLength(0);
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException("the server has closed the connection");
                }
                if (octet != '\r') {
                    line.append((char) octet);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
