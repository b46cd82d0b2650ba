package io.reftrail.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.DbScheduler.TextSerializer;
import io.reftrail.benchmarks.StubBackend.PlainClient;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run drain}: how many waiting leads are sent in a second, a call for each, to a server in another process:
 * by Reftrail's outbox and dispatcher, by db-scheduler with Apache HttpClient 5, and by that client from memory.
 */
public final class Drain {

    private static final Map<String, String> OPTIONS =
            Map.of("threads", "32", "leads", "30000", "warm-ups", "2", "rounds", "5");

    private static final String CLIENT = "httpclient5 alone";
    private static final String REFTRAIL = "Reftrail";
    private static final String SCHEDULER = "db-scheduler, lock-and-fetch";

    private Drain() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("drain", arguments, OPTIONS, Drain::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        int threads = options.number("threads");
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                StubBackend.Endpoint endpoint = StubBackend.Endpoint.start(directory);
                PlainClient client = new PlainClient(endpoint.uri(), threads);
                HikariDataSource pool = postgreSql.pool(threads)) {
            DbScheduler.createTable(pool);
            Map<String, Contender> contenders = new LinkedHashMap<>();
            contenders.put(CLIENT, new ClientFromMemory(client, threads));
            contenders.put(REFTRAIL, new OutboxAndDispatcher(pool, endpoint.uri(), threads));
            contenders.put(SCHEDULER, new SchedulerAndClient(pool, client, threads));
            Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
            contenders.forEach((name, contender) ->
                    measurements.put(name, () -> perSecond(contender, options.number("leads"), pool)));
            Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), measurements);
            System.out.println(rounds.table("sending included", "leads/s"));
            System.out.printf(
                    "%s sends %s times as fast as %s%n",
                    REFTRAIL, Table.ratio(rounds.ratio(REFTRAIL, SCHEDULER)), SCHEDULER);
            return true;
        }
    }

    /** The database has finished the work of filling before the measurement starts. */
    private static double perSecond(Contender contender, int leads, DataSource pool) throws Exception {
        contender.fill(
                Stream.generate(() -> UUID.randomUUID().toString()).limit(leads).toList());
        PostgreSql.execute(pool, "VACUUM ANALYZE", "CHECKPOINT");
        return leads * 1e9 / contender.drain();
    }

    /** A way to send leads. */
    private interface Contender {

        /** Stores the leads of these customers. */
        void fill(List<String> customers) throws Exception;

        /** Sends all stored leads, and returns how many nanoseconds that took. */
        long drain() throws Exception;
    }

    private static final class ClientFromMemory implements Contender {

        private final PlainClient client;
        private final int threads;
        private final Queue<String> waiting = new ConcurrentLinkedQueue<>();

        ClientFromMemory(PlainClient client, int threads) {
            this.client = client;
            this.threads = threads;
        }

        @Override
        public void fill(List<String> customers) {
            waiting.addAll(customers);
        }

        @Override
        public long drain() throws Exception {
            long start = System.nanoTime();
            Threads.run(threads, () -> {
                for (String customer = waiting.poll(); customer != null; customer = waiting.poll()) {
                    client.send(StubBackend.body(customer));
                }
                return true;
            });
            return System.nanoTime() - start;
        }
    }

    /** Reftrail as an application has it, with as many calls in flight as the others have threads. */
    private static final class OutboxAndDispatcher implements Contender {

        private final DataSource pool;
        private final URI endpoint;
        private final DeliverySettings settings;
        private CountDownLatch left = new CountDownLatch(0);

        OutboxAndDispatcher(DataSource pool, URI endpoint, int inFlight) {
            this.pool = pool;
            this.endpoint = endpoint;
            this.settings = new DeliverySettings(
                    Duration.ofSeconds(2), Duration.ofSeconds(10), inFlight, Duration.ofSeconds(5));
        }

        @Override
        public void fill(List<String> customers) throws Exception {
            Queue<String> queue = new ConcurrentLinkedQueue<>(customers);
            try (JdbcOutbox outbox = JdbcOutbox.on(pool).createSchema(true).open()) {
                Threads.run(8, () -> {
                    for (String customer = queue.poll(); customer != null; customer = queue.poll()) {
                        outbox.enqueue(StubBackend.lead(customer));
                    }
                    return true;
                });
            }
            left = new CountDownLatch(customers.size());
        }

        @Override
        public long drain() throws Exception {
            try (JdbcOutbox outbox = JdbcOutbox.on(pool).open()) {
                long start = System.nanoTime();
                StubBackend.Delivery delivery = new StubBackend.Delivery(outbox, endpoint, settings, left::countDown);
                try (delivery) {
                    return await(left, start);
                }
            }
        }
    }

    private static long await(CountDownLatch left, long start) throws InterruptedException {
        if (!left.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " leads are left");
        }
        return System.nanoTime() - start;
    }

    /** db-scheduler with lock-and-fetch, the faster way to poll PostgreSQL, and with larger batches than its defaults. */
    private static final class SchedulerAndClient implements Contender {

        private static final int BATCH = 1_000;

        /** In multiples of the threads; the fastest of the values that were tried. */
        private static final double LOWER_LIMIT = 1;

        private static final double UPPER_LIMIT = 4;

        private final DataSource pool;
        private final int threads;
        private final OneTimeTask<String> task;
        private CountDownLatch left = new CountDownLatch(0);

        SchedulerAndClient(DataSource pool, PlainClient client, int threads) {
            this.pool = pool;
            this.threads = threads;
            this.task = Tasks.oneTime("lead", String.class).execute((instance, context) -> {
                try {
                    client.send(instance.getData());
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }

        @Override
        public void fill(List<String> customers) {
            SchedulerClient client = SchedulerClient.Builder.create(pool, task)
                    .serializer(new TextSerializer())
                    .build();
            Instant now = Instant.now();
            for (int from = 0; from < customers.size(); from += BATCH) {
                List<TaskInstance<?>> batch = customers.subList(from, Math.min(customers.size(), from + BATCH)).stream()
                        .<TaskInstance<?>>map(customer -> task.instance(customer, StubBackend.body(customer)))
                        .toList();
                client.scheduleBatch(batch, now);
            }
            left = new CountDownLatch(customers.size());
        }

        @Override
        public long drain() throws Exception {
            Scheduler scheduler = Scheduler.create(pool, task)
                    .serializer(new TextSerializer())
                    .threads(threads)
                    .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                    .pollingInterval(Duration.ofMillis(100))
                    .addSchedulerListener(new AbstractSchedulerListener() {
                        @Override
                        public void onExecutionComplete(ExecutionComplete executionComplete) {
                            left.countDown();
                        }
                    })
                    .build();
            long start = System.nanoTime();
            scheduler.start();
            try {
                return await(left, start);
            } finally {
                scheduler.stop();
            }
        }
    }
}
