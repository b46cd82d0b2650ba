package io.reftrail.benchmarks.drain;

import io.reftrail.benchmarks.Deliveries;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Our outbox, drained by the dispatcher as an application has it, with as many calls in flight as others have threads. */
final class OutboxContender implements Contender {

    private final DataSource dataSource;
    private final URI uri;
    private final DeliverySettings settings;
    private CountDownLatch left = new CountDownLatch(0);

    OutboxContender(DataSource dataSource, URI uri, int inFlight) {
        this.dataSource = dataSource;
        this.uri = uri;
        this.settings =
                new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(10), inFlight, Duration.ofSeconds(5));
    }

    @Override
    public String name() {
        return "Reftrail";
    }

    @Override
    public void fill(List<String> customers) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).createSchema(true).open()) {
            List<Future<Enqueued>> enqueued = customers.stream()
                    .map(customer -> executor.submit(() -> outbox.enqueue(StubBackend.lead(customer))))
                    .toList();
            for (Future<Enqueued> each : enqueued) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
        left = new CountDownLatch(customers.size());
    }

    @Override
    public long drain() throws Exception {
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            long start = System.nanoTime();
            Deliveries deliveries = new Deliveries(outbox, uri, settings, left::countDown);
            try (deliveries) {
                boolean done = left.await(10, TimeUnit.MINUTES);
                long took = System.nanoTime() - start;
                if (!done) {
                    throw new IllegalStateException(left.getCount() + " leads are left");
                }
                return took;
            }
        }
    }
}
