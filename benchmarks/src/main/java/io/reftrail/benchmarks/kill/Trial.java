package io.reftrail.benchmarks.kill;

import io.reftrail.benchmarks.JavaProcess;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.benchmarks.kill.Store.OpenStore;
import io.reftrail.outbox.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The trial of one store: victims live and die on the same files, and in the end nobody may be missing. */
final class Trial implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** A victim that has delivered nothing for so long after its start, although it enqueues, has stalled. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Store store;
    private final Path directory;
    private final Random random;
    private final Receiver receiver = new Receiver();
    private final Acknowledged acknowledged = new Acknowledged();
    private int stalls;

    Trial(Store store, Path parent, Random random) throws IOException {
        this.store = store;
        this.directory = Files.createDirectories(parent.resolve(store.name()));
        this.random = random;
    }

    /** A victim starts, delivers, and is killed some time later. */
    void cycle(int number, int longestLifeMillis) throws IOException, InterruptedException {
        long before = receiver.calls();
        List<Thread> listeners = new ArrayList<>();
        JavaProcess victim = start("c" + number);
        CountDownLatch ready = acknowledged.listenTo(victim.output(), listeners);
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
        for (Thread listener : listeners) {
            listener.join();
        }
    }

    private JavaProcess start(String prefix) throws IOException {
        return JavaProcess.start(
                Victim.class.getName(),
                JVM,
                directory,
                "victim.log",
                List.of(store.name(), directory.toString(), receiver.uri().toString(), prefix));
    }

    private boolean awaitCalls(long calls) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (receiver.calls() < calls && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return receiver.calls() >= calls;
    }

    /** The last process only delivers, until all have arrived or nothing arrives any more; then it is counted. */
    TrialResult finish(double seconds) throws IOException, InterruptedException {
        List<String> customers = acknowledged.customers();
        List<Thread> listeners = new ArrayList<>();
        JavaProcess last = start("");
        CountDownLatch ready = acknowledged.listenTo(last.output(), listeners);
        boolean started = ready.await(1, TimeUnit.MINUTES);
        while (started && !customers.stream().allMatch(receiver::knows) && awaitCalls(receiver.calls() + 1)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        last.close();
        List<String> missing =
                customers.stream().filter(customer -> !receiver.knows(customer)).toList();
        long waiting = waiting(missing);
        return new TrialResult(
                customers.size(),
                missing.size() - waiting,
                waiting,
                receiver.duplicates(),
                stalls,
                acknowledged.meanMicros(),
                seconds);
    }

    private long waiting(List<String> customers) {
        if (customers.isEmpty()) {
            return 0;
        }
        try (OpenStore open = store.open(directory)) {
            return customers.stream()
                    .map(customer -> open.outbox().find(StubBackend.NAME, "Sign Up", customer))
                    .filter(Trial::isWaiting)
                    .count();
        }
    }

    private static boolean isWaiting(@Nullable LedgerEntry entry) {
        return entry != null && entry.verdict() == null;
    }

    @Override
    public void close() {
        receiver.close();
    }
}
