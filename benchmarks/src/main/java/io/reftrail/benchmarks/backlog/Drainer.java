package io.reftrail.benchmarks.backlog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Deliveries;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A small process that delivers a backlog and then tells how long it took and how much memory it needed at most. */
public final class Drainer {

    private static final DeliverySettings DELIVERY =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 32, Duration.ofSeconds(5));

    private Drainer() {}

    /** Arguments: the database, the backend, how many leads. Prints nanoseconds, peak heap in bytes, and peak RSS in kB. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setMaximumPoolSize(4);
        CountDownLatch left = new CountDownLatch(Integer.parseInt(arguments[2]));
        long start = System.nanoTime();
        try (HikariDataSource pool = new HikariDataSource(config);
                JdbcOutbox outbox = JdbcOutbox.on(pool).open()) {
            Deliveries deliveries = new Deliveries(outbox, URI.create(arguments[1]), DELIVERY, left::countDown);
            try (deliveries) {
                left.await();
                System.out.println((System.nanoTime() - start) + " " + peakHeap() + " " + peakResident());
            }
        }
    }

    /** An upper bound: the pools need not have been at their peaks at the same time. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(Drainer::peak)
                .sum();
    }

    private static long peak(MemoryPoolMXBean pool) {
        return pool.getPeakUsage().getUsed();
    }

    private static @Nullable String peakResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("0");
    }
}
