package io.reftrail.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The process that {@link Kill} kills. Four threads enqueue leads and print each one whose enqueueing has returned, while a
 * dispatcher delivers them.
 */
final class Victim {

    /** Ends a printed line. A line without it was cut off by the kill. */
    static final String END_OF_LINE = ".";

    /** Short timeouts, so that the leases of a killed process end soon after a cycle. */
    private static final DeliverySettings DELIVERY =
            new DeliverySettings(Duration.ofMillis(500), Duration.ofMillis(500), 16, Duration.ofSeconds(1));

    private static final int THREADS = 4;

    /** How many leads may wait before the threads pause, so that the outbox does not grow from cycle to cycle. */
    private static final int MOST_WAITING = 500;

    private final OpenStore store;
    private final PrintStream out = new PrintStream(System.out, true);
    private final Semaphore room = new Semaphore(MOST_WAITING);

    private Victim(OpenStore store) {
        this.store = store;
    }

    /** An embedded database that can hold the outbox. */
    enum Store {
        /** Reftrail's own file, as the servlet filter opens it. */
        SQLITE("SQLite, WAL, synchronous=FULL") {
            @Override
            OpenStore open(Path directory) {
                JdbcOutbox outbox =
                        JdbcOutbox.embedded(directory.resolve("outbox.sqlite")).open();
                return new OpenStore(outbox, () -> {});
            }
        },
        /** An H2 file with a write delay of zero. With its default delay H2 loses commits. */
        H2("H2, WRITE_DELAY=0") {
            @Override
            OpenStore open(Path directory) {
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl("jdbc:h2:file:" + directory.resolve("outbox") + ";WRITE_DELAY=0");
                config.setUsername("sa");
                config.setPassword("");
                config.setMaximumPoolSize(8);
                HikariDataSource pool = new HikariDataSource(config);
                return new OpenStore(JdbcOutbox.on(pool).createSchema(true).open(), pool::close);
            }
        };

        private final String title;

        Store(String title) {
            this.title = title;
        }

        abstract OpenStore open(Path directory);

        String title() {
            return title;
        }
    }

    /** An outbox, and what closes its database. */
    record OpenStore(JdbcOutbox outbox, Runnable database) implements AutoCloseable {

        @Override
        public void close() {
            outbox.close();
            database.run();
        }
    }

    /** Arguments: store, directory, endpoint, a prefix of customers' names, or "" to deliver only. */
    public static void main(String[] arguments) throws InterruptedException {
        String prefix = arguments[3];
        try (OpenStore store = Store.valueOf(arguments[0]).open(Path.of(arguments[1]))) {
            Victim victim = new Victim(store);
            StubBackend.Delivery delivery =
                    new StubBackend.Delivery(store.outbox(), URI.create(arguments[2]), DELIVERY, victim.room::release);
            Runtime.getRuntime().addShutdownHook(new Thread(delivery::close, "stop"));
            victim.out.println("ready");
            for (int number = 1; number <= THREADS && !prefix.isEmpty(); number++) {
                String name = prefix + "-" + number + "-";
                new Thread(() -> victim.enqueue(name), "enqueuer-" + number).start();
            }
            Thread.currentThread().join();
        }
    }

    private void enqueue(String prefix) {
        for (long number = 1; !Thread.currentThread().isInterrupted(); number++) {
            room.acquireUninterruptibly();
            String customer = prefix + number;
            long start = System.nanoTime();
            store.outbox().enqueue(StubBackend.lead(customer));
            out.println(customer + " " + (System.nanoTime() - start) + " " + END_OF_LINE);
        }
    }
}
