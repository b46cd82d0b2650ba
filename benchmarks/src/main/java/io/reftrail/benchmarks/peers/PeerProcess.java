package io.reftrail.benchmarks.peers;

import com.sun.management.ThreadMXBean;
import io.reftrail.samples.demo.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The process of a contender, which executes commands. Not thread-safe. */
final class PeerProcess implements AutoCloseable {

    private final JavaProcess process;

    private PeerProcess(JavaProcess process) {
        this.process = process;
    }

    /** Starts it and waits until it is ready. All contenders have a heap of the same size. */
    static PeerProcess start(Contender contender, URI server, Path directory, String jdbcUrl) throws IOException {
        Files.createDirectories(directory);
        JavaProcess process = JavaProcess.start(
                Application.class.getName(),
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                directory.resolve("peer.log"),
                List.of(contender.name(), server.toString(), directory.toString(), jdbcUrl));
        process.readLine();
        return new PeerProcess(process);
    }

    /**
     * Reports customers, and returns the median and the 99th percentile of the calls' times, in nanoseconds.
     *
     * @param threads how many threads call
     */
    long[] report(int from, int count, int threads) throws IOException {
        String[] words = execute("report " + from + " " + count + " " + threads).split(" ", -1);
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    }

    void flush() throws IOException {
        execute("flush");
    }

    /** Returns how many bytes the process has allocated. */
    long allocated() throws IOException {
        return Long.parseLong(execute("allocated"));
    }

    /** Returns the processor time of the process in nanoseconds. */
    long processorTime() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO)
                .toNanos();
    }

    /** Returns how many bytes of the heap are in use after a collection. */
    long heap() throws IOException {
        return Long.parseLong(execute("heap"));
    }

    /** Shuts it down in order, and waits for its end. */
    void shutDown() throws IOException, InterruptedException {
        execute("close");
        process.await();
    }

    void kill() throws InterruptedException {
        process.kill();
    }

    private String execute(String command) throws IOException {
        process.input().write(command + "\n");
        process.input().flush();
        return process.readLine();
    }

    @Override
    public void close() {
        process.close();
    }

    /** Runs in the process. */
    static final class Application {

        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private final Contender.Peer peer;
        private final AtomicLong allocatedByCallers = new AtomicLong();

        private Application(Contender.Peer peer) {
            this.peer = peer;
        }

        /** Executes the commands of its input, and answers each with a line. Arguments: contender, server, directory, database. */
        public static void main(String[] arguments) throws Exception {
            Application application = new Application(Contender.valueOf(arguments[0])
                    .open(URI.create(arguments[1]), Path.of(arguments[2]), arguments[3]));
            System.out.println("ready");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(application.execute(command.split(" ", -1)));
                if (command.equals("close")) {
                    System.exit(0);
                }
            }
        }

        private String execute(String[] command) throws Exception {
            return switch (command[0]) {
                case "report" ->
                    report(Integer.parseInt(command[1]), Integer.parseInt(command[2]), Integer.parseInt(command[3]));
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
                default -> throw new IllegalArgumentException(command[0]);
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
                long[] sorted = latencies.stream()
                        .flatMapToLong(Arrays::stream)
                        .sorted()
                        .toArray();
                return sorted[sorted.length / 2] + " " + sorted[(int) (sorted.length * 0.99)];
            } finally {
                callers.shutdown();
                callers.awaitTermination(1, TimeUnit.MINUTES);
            }
        }

        private static long[] report(int first, int end, int step, Contender.Peer peer) throws Exception {
            long[] latencies = new long[(end - first + step - 1) / step];
            for (int i = 0; i < latencies.length; i++) {
                String customer = Collector.customer(first + i * step);
                long start = System.nanoTime();
                peer.report(customer);
                latencies[i] = System.nanoTime() - start;
            }
            return latencies;
        }

        /** Adds the callers' share, because their threads have ended, to that of all live threads. */
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
}
