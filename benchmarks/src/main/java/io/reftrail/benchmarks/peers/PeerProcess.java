package io.reftrail.benchmarks.peers;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An application that reports events by one of the contenders: does what each line of its input says, and answers it. */
final class PeerProcess {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Peer peer;
    private final AtomicLong allocatedByCallers = new AtomicLong();

    private PeerProcess(Peer peer) {
        this.peer = peer;
    }

    /** Arguments: the contender, the server, a directory, a database. */
    public static void main(String[] arguments) throws Exception {
        Peer peer = Contender.valueOf(arguments[0]).open(URI.create(arguments[1]), Path.of(arguments[2]), arguments[3]);
        PeerProcess process = new PeerProcess(peer);
        System.out.println("ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(process.obey(order.split(" ", -1)));
            if (order.equals("close")) {
                System.exit(0);
            }
        }
    }

    private String obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "report" -> report(Integer.parseInt(order[1]), Integer.parseInt(order[2]), Integer.parseInt(order[3]));
            case "flush" -> {
                peer.flush();
                yield "flushed";
            }
            case "allocated" -> Long.toString(allocated());
            case "heap" -> Long.toString(heap());
            case "close" -> {
                peer.close();
                yield "closed";
            }
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    private String report(int from, int count, int threads) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<long[]>> parts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = from + thread;
                parts.add(callers.submit(() -> {
                    long before = THREADS.getCurrentThreadAllocatedBytes();
                    long[] took = report(first, from + count, threads, peer);
                    allocatedByCallers.addAndGet(THREADS.getCurrentThreadAllocatedBytes() - before);
                    return took;
                }));
            }
            List<long[]> latencies = new ArrayList<>();
            for (Future<long[]> part : parts) {
                latencies.add(part.get());
            }
            long[] sorted =
                    latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return sorted[sorted.length / 2] + " " + sorted[(int) (sorted.length * 0.99)];
        } finally {
            callers.shutdown();
            callers.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static long[] report(int first, int end, int step, Peer peer) throws Exception {
        long[] latencies = new long[(end - first + step - 1) / step];
        for (int i = 0; i < latencies.length; i++) {
            String customer = Customers.name(first + i * step);
            long start = System.nanoTime();
            peer.report(customer);
            latencies[i] = System.nanoTime() - start;
        }
        return latencies;
    }

    /** By all threads that are alive, and by the callers, who have gone. */
    private long allocated() {
        return allocatedByCallers.get()
                + Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                        .sum();
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
