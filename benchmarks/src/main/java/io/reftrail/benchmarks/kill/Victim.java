package io.reftrail.benchmarks.kill;

import io.reftrail.benchmarks.Deliveries;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.benchmarks.kill.Store.OpenStore;
import io.reftrail.delivery.DeliverySettings;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The process that is killed. Four threads enqueue, and a dispatcher delivers; each lead whose enqueueing has returned is
 * told to whoever listens, so that it can be missed later.
 */
public final class Victim {

    /** Short, so that the leases of a killed process do not last much longer than a cycle. */
    static final DeliverySettings DELIVERY =
            new DeliverySettings(Duration.ofMillis(500), Duration.ofMillis(500), 16, Duration.ofSeconds(1));

    private static final int THREADS = 4;

    /** So many may wait before the threads hold on, so that the outbox does not grow from cycle to cycle. */
    private static final int MOST_WAITING = 500;

    private final OpenStore store;
    private final String prefix;
    private final PrintStream out = new PrintStream(System.out, true);
    private final Semaphore room = new Semaphore(MOST_WAITING);

    private Victim(OpenStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** What an enqueued lead is told as; a line that a kill has cut off lacks the full stop. */
    static String line(String customer, long nanos) {
        return customer + " " + nanos + " .";
    }

    /** Arguments: store, directory, backend, a prefix for the names of customers, or "" to deliver only. */
    public static void main(String[] arguments) throws InterruptedException {
        String prefix = arguments[3];
        try (OpenStore store = Store.valueOf(arguments[0]).open(Path.of(arguments[1]))) {
            Victim victim = new Victim(store, prefix);
            victim.deliverTo(URI.create(arguments[2]));
            victim.out.println("ready");
            victim.live(prefix.isEmpty() ? 0 : THREADS);
        }
    }

    private void deliverTo(URI backend) {
        Deliveries deliveries = new Deliveries(store.outbox(), backend, DELIVERY, room::release);
        Runtime.getRuntime().addShutdownHook(new Thread(deliveries::close, "stop"));
    }

    /** Lives until it is killed. */
    private void live(int enqueuers) throws InterruptedException {
        for (int number = 1; number <= enqueuers; number++) {
            String name = prefix + "-" + number + "-";
            new Thread(() -> enqueueForEver(name), "enqueuer-" + number).start();
        }
        Thread.currentThread().join();
    }

    private void enqueueForEver(String name) {
        for (long number = 1; !Thread.currentThread().isInterrupted(); number++) {
            room.acquireUninterruptibly();
            String customer = name + number;
            long start = System.nanoTime();
            store.outbox().enqueue(StubBackend.lead(customer));
            out.println(line(customer, System.nanoTime() - start));
        }
    }
}
