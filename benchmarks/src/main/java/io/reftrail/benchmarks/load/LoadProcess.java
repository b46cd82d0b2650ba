package io.reftrail.benchmarks.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The load generator itself: reads an order from each line of its input, and answers it with a line. */
final class LoadProcess {

    /** Between two requests of a file. */
    static final String SEPARATOR = "\0";

    private static final AtomicLong NUMBERS = new AtomicLong();

    private LoadProcess() {}

    /** Argument: how many connections. */
    public static void main(String[] arguments) throws Exception {
        int connections = Integer.parseInt(arguments[0]);
        ExecutorService executor = Executors.newFixedThreadPool(connections);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 3);
            List<byte[]> requests = Arrays.stream(
                            Files.readString(Path.of(words[2])).split(SEPARATOR, -1))
                    .map(request -> request.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
            System.out.println(run(executor, connections, Integer.parseInt(words[0]), requests, (long)
                            (Double.parseDouble(words[1]) * 1e9))
                    .line());
        }
        executor.shutdownNow();
    }

    private static LoadResult run(
            ExecutorService executor, int connections, int port, List<byte[]> requests, long forNanos)
            throws Exception {
        long start = System.nanoTime();
        List<Future<Latencies>> loops = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            loops.add(executor.submit(() -> {
                Latencies latencies = new Latencies();
                try (Connection connection = new Connection(port, NUMBERS)) {
                    connection.exchange(requests, start + forNanos, latencies);
                }
                return latencies;
            }));
        }
        Latencies all = new Latencies();
        for (Future<Latencies> loop : loops) {
            all.add(loop.get());
        }
        long took = System.nanoTime() - start;
        return new LoadResult(all.count(), took, all.percentile(50), all.percentile(99));
    }
}
