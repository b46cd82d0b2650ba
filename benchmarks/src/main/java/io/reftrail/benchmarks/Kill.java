package io.reftrail.benchmarks;

import io.reftrail.benchmarks.Victim.OpenStore;
import io.reftrail.benchmarks.Victim.Store;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.samples.demo.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * {@code benchmarks/run kill}: for each embedded store, a process that enqueues and delivers is killed with SIGKILL again and
 * again, on the same files. Each lead whose {@code enqueue} has returned must arrive. The stores take turns. Ends with 1 if
 * SQLite, the store that Reftrail ships, has lost a lead or has stopped to deliver.
 */
public final class Kill {

    private static final Map<String, String> OPTIONS =
            Map.of("cycles", "200", "longest-life-millis", "800", "seed", "1");

    private Kill() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("kill", arguments, OPTIONS, Kill::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        Random random = new Random(options.number("seed"));
        int cycles = options.number("cycles");
        try (Trial sqlite = new Trial(Store.SQLITE, directory, random);
                Trial h2 = new Trial(Store.H2, directory, random)) {
            for (int cycle = 1; cycle <= cycles; cycle++) {
                sqlite.cycle(cycle, options.number("longest-life-millis"));
                h2.cycle(cycle, options.number("longest-life-millis"));
                System.err.printf("\r%d of %d cycles", cycle, cycles);
            }
            System.err.println();
            Result first = sqlite.finish();
            Result second = h2.finish();
            System.out.println(new Table(cycles + " kills", Store.SQLITE.title(), Store.H2.title())
                    .row("acknowledged", first.acknowledged(), second.acknowledged())
                    .row("lost", first.lost(), second.lost())
                    .row("left in the outbox", first.waiting(), second.waiting())
                    .row("stalls after a restart", first.stalls(), second.stalls())
                    .row("sent twice", first.duplicates(), second.duplicates())
                    .row("mean enqueue, microseconds", first.meanMicros(), second.meanMicros())
                    .row("seconds", first.seconds(), second.seconds()));
            return first.isGood();
        }
    }

    /**
     * The result of a store's trial.
     *
     * @param acknowledged the leads that a process has acknowledged before it was killed
     * @param lost those of them that neither the receiver nor the outbox has
     * @param waiting those that are in the outbox although the last process had time to deliver them
     * @param duplicates repeated calls
     * @param stalls processes that have delivered nothing
     * @param meanMicros the mean time of an enqueue
     * @param seconds the duration of all cycles
     */
    record Result(
            long acknowledged,
            long lost,
            long waiting,
            long duplicates,
            int stalls,
            double meanMicros,
            double seconds) {

        /** Returns whether there were leads, and all of them have arrived. */
        boolean isGood() {
            return acknowledged > 0 && lost == 0 && waiting == 0 && stalls == 0;
        }
    }

    private static final class Trial implements AutoCloseable {

        private static final List<String> JVM = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

        /** A process that has delivered nothing for this long after its start, although it enqueues, has stalled. */
        private static final Duration PATIENCE = Duration.ofSeconds(15);

        private final Store store;
        private final Path directory;
        private final Random random;
        private final Receiver receiver = new Receiver();
        private final Acknowledged acknowledged = new Acknowledged();
        private int stalls;
        private long nanos;

        Trial(Store store, Path parent, Random random) throws IOException {
            this.store = store;
            this.directory = Files.createDirectories(parent.resolve(store.name()));
            this.random = random;
        }

        /** Starts a process, waits for its first delivery, and kills it some time later. */
        void cycle(int number, int longestLifeMillis) throws IOException, InterruptedException {
            long start = System.nanoTime();
            long before = receiver.calls();
            JavaProcess victim = start("c" + number);
            CountDownLatch ready = new CountDownLatch(1);
            Thread listener = acknowledged.listenTo(victim.output(), ready);
            try {
                if (!ready.await(1, TimeUnit.MINUTES) || !victim.isAlive()) {
                    throw new IOException("the victim does not start");
                }
                if (!awaitCalls(before + 1)) {
                    stalls++;
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(longestLifeMillis));
            } finally {
                victim.kill();
            }
            listener.join();
            nanos += System.nanoTime() - start;
        }

        /** @param prefix of the customers that the process enqueues; empty to deliver only */
        private JavaProcess start(String prefix) throws IOException {
            return JavaProcess.start(
                    Victim.class.getName(),
                    JVM,
                    directory.resolve("victim.log"),
                    List.of(store.name(), directory.toString(), receiver.uri().toString(), prefix));
        }

        private boolean awaitCalls(long calls) throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (receiver.calls() < calls && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            return receiver.calls() >= calls;
        }

        /** Lets a last process deliver until all leads have arrived or no more arrive, then counts. */
        Result finish() throws IOException, InterruptedException {
            List<String> customers = acknowledged.customers();
            JavaProcess last = start("");
            CountDownLatch ready = new CountDownLatch(1);
            acknowledged.listenTo(last.output(), ready);
            boolean started = ready.await(1, TimeUnit.MINUTES);
            while (started && !customers.stream().allMatch(receiver::knows) && awaitCalls(receiver.calls() + 1)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            last.close();
            List<String> missing = customers.stream()
                    .filter(customer -> !receiver.knows(customer))
                    .toList();
            long waiting = waiting(missing);
            return new Result(
                    customers.size(),
                    missing.size() - waiting,
                    waiting,
                    receiver.duplicates(),
                    stalls,
                    acknowledged.meanMicros(),
                    nanos / 1e9);
        }

        private long waiting(List<String> customers) {
            if (customers.isEmpty()) {
                return 0;
            }
            try (OpenStore open = store.open(directory)) {
                return customers.stream()
                        .filter(customer -> {
                            LedgerEntry entry = open.outbox().find(StubBackend.NAME, "Sign Up", customer);
                            return entry != null && entry.verdict() == null;
                        })
                        .count();
            }
        }

        @Override
        public void close() {
            receiver.close();
        }
    }

    /** The leads whose enqueueing a process has reported as done before it was killed. */
    private static final class Acknowledged {

        private final List<String> customers = new ArrayList<>();
        private long nanos;

        /** Reads what a process prints, on a thread that ends with it. Opens the latch at the first line, or at the end. */
        Thread listenTo(BufferedReader victim, CountDownLatch ready) {
            Thread thread = new Thread(
                    () -> {
                        try (victim) {
                            for (String line = victim.readLine(); line != null; line = victim.readLine()) {
                                ready.countDown();
                                add(line);
                            }
                        } catch (IOException killed) {
                            // The last line may be incomplete.
                        } finally {
                            ready.countDown();
                        }
                    },
                    "listener");
            thread.start();
            return thread;
        }

        private synchronized void add(String line) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[2].equals(Victim.END_OF_LINE)) {
                customers.add(words[0]);
                nanos += Long.parseLong(words[1]);
            }
        }

        synchronized List<String> customers() {
            return List.copyOf(customers);
        }

        synchronized double meanMicros() {
            return customers.isEmpty() ? 0 : nanos / 1e3 / customers.size();
        }
    }

    /** The endpoint that the leads go to. It remembers the customers. */
    private static final class Receiver implements AutoCloseable {

        private static final Pattern CUSTOMER = Pattern.compile("\"customerExternalId\":\"([^\"]+)\"");

        private final Set<String> customers = ConcurrentHashMap.newKeySet();
        private final AtomicLong calls = new AtomicLong();
        private final Server server = new Server();
        private final ServerConnector connector = new ServerConnector(server);

        Receiver() {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) throws Exception {
                    Matcher customer = CUSTOMER.matcher(Content.Source.asString(request, StandardCharsets.UTF_8));
                    if (customer.find()) {
                        customers.add(customer.group(1));
                        calls.incrementAndGet();
                    }
                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                    response.write(true, ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)), callback);
                    return true;
                }
            });
            LifeCycle.start(server);
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + connector.getLocalPort() + StubBackend.PATH);
        }

        boolean knows(String customer) {
            return customers.contains(customer);
        }

        long calls() {
            return calls.get();
        }

        long duplicates() {
            return calls.get() - customers.size();
        }

        @Override
        public void close() {
            LifeCycle.stop(server);
        }
    }
}
