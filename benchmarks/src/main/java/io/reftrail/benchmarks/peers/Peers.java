package io.reftrail.benchmarks.peers;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.Table;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code benchmarks/run peers}: the same event, reported by Reftrail and by other libraries to the same server, each in a
 * process of its own with the same heap. Ends with 1 if one of Reftrail's durable outboxes loses an event.
 */
public final class Peers {

    private static final Map<String, String> OPTIONS =
            Map.of("events", "10000", "waiting", "100000", "last", "2000", "only", "all");

    private Peers() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("peers", arguments, OPTIONS, Peers::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        List<String> only = List.of(options.text("only").split(",", -1));
        Map<Contender, Result> results = new EnumMap<>(Contender.class);
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                Collector collector = new Collector()) {
            for (Contender contender : Contender.values()) {
                if (only.contains("all") || only.contains(contender.name())) {
                    Result result = new Trial(contender, collector, postgreSql, directory).run(options);
                    System.err.println(contender.title() + " " + result);
                    results.put(contender, result);
                }
            }
        }
        print(results, options);
        return results.entrySet().stream()
                .filter(result -> result.getKey().isOurs() && result.getKey().isDurable())
                .allMatch(result -> result.getValue().hasLostNothing(options.number("waiting")));
    }

    private static void print(Map<Contender, Result> results, Benchmark.Options options) {
        Table speed = new Table(
                "hand-off and delivery",
                "a call, us: half",
                "99 %",
                "events/s, to the end",
                "bytes an event",
                "heap in the outage, MB");
        Table losses = new Table(
                "events",
                "arrived after the outage, of %,d".formatted(options.number("waiting")),
                "lost at kill -9, of %,d".formatted(options.number("last")),
                "at shutdown",
                "at shutdown in an outage");
        results.forEach((contender, result) -> {
            speed.row(
                    contender.title(),
                    String.format("%.1f", result.medianNanos() / 1e3),
                    String.format("%.1f", result.p99Nanos() / 1e3),
                    Math.round(result.perSecond()),
                    result.bytesPerEvent(),
                    String.format("%.1f", result.waitingHeap() / 1e6));
            losses.row(
                    contender.title(),
                    result.afterOutage(),
                    result.lostAtKill(),
                    result.lostAtShutdown(),
                    result.lostAtShutdownInOutage());
        });
        System.out.println(speed);
        Table work = new Table(
                "for each event",
                "log bytes",
                "flushes",
                "transactions",
                "server, us of processor",
                "process, us of processor");
        results.forEach((contender, result) -> {
            if (contender.usesPostgreSql()) {
                work.row(
                        contender.title(),
                        Math.round(result.work().logBytes()),
                        result.work().flushes(),
                        result.work().transactions(),
                        Math.round(result.work().processorNanos() / 1e3),
                        Math.round(result.processorNanos() / 1e3));
            }
        });
        System.out.println(work);
        System.out.println(losses);
    }

    /**
     * The result of a contender.
     *
     * @param medianNanos the median time of a call
     * @param p99Nanos the 99th percentile
     * @param perSecond events in a second, from the first call to the last arrival
     * @param bytesPerEvent what the process has allocated for an event, including its delivery
     * @param work what PostgreSQL has done for an event
     * @param processorNanos the processor time of the process for an event
     * @param waitingHeap how much the heap grows while events wait in an outage
     * @param afterOutage how many of these have arrived in the end
     * @param lostAtKill lost events of those that were reported right before a {@code kill -9}
     * @param lostAtShutdown lost events of those that were reported right before an orderly shutdown
     * @param lostAtShutdownInOutage the same while the server is down
     */
    private record Result(
            long medianNanos,
            long p99Nanos,
            double perSecond,
            long bytesPerEvent,
            PostgreSql.Work work,
            double processorNanos,
            long waitingHeap,
            int afterOutage,
            int lostAtKill,
            int lostAtShutdown,
            int lostAtShutdownInOutage) {

        boolean hasLostNothing(int waiting) {
            return afterOutage == waiting && lostAtKill == 0 && lostAtShutdown == 0 && lostAtShutdownInOutage == 0;
        }
    }

    /** The measurements of a contender, each with a new process and a new store. */
    private static final class Trial {

        /** For durable contenders: longer than the claims of a dead process are valid. */
        private static final int DURABLE_SECONDS = 120;

        /** For contenders that send batches now and then, and back off after an outage. */
        private static final int QUIET_SECONDS = 35;

        private static final int CALLERS = 8;

        private final Contender contender;
        private final Collector collector;
        private final PostgreSql postgreSql;
        private final Path directory;
        private int stores;
        private int customers;

        Trial(Contender contender, Collector collector, PostgreSql postgreSql, Path directory) {
            this.contender = contender;
            this.collector = collector;
            this.postgreSql = postgreSql;
            this.directory = directory.resolve(contender.name());
        }

        private record Store(Path directory, String jdbcUrl) {}

        private Store newStore() throws SQLException {
            String name = (contender.name() + "_" + ++stores).toLowerCase(Locale.ROOT);
            postgreSql.create(name);
            return new Store(directory.resolve(Integer.toString(stores)), postgreSql.jdbcUrl(name));
        }

        private PeerProcess start(Store store) throws Exception {
            return PeerProcess.start(contender, collector.uri(), store.directory(), store.jdbcUrl());
        }

        /** Returns the first of a number of new customers. */
        private int next(int count) {
            customers += count;
            collector.forget();
            return customers - count;
        }

        Result run(Benchmark.Options options) throws Exception {
            int events = options.number("events");
            int waiting = options.number("waiting");
            int last = options.number("last");
            try (PeerProcess process = start(newStore())) {
                deliver(process, events);
                long allocatedBefore = process.allocated();
                PostgreSql.Work before = postgreSql.work();
                long processorBefore = process.processorTime();
                long start = System.nanoTime();
                long[] latencies = deliver(process, events);
                double perSecond = collector.arrived() * 1e9 / (System.nanoTime() - start);
                long allocated = process.allocated() - allocatedBefore;
                double processor = (process.processorTime() - processorBefore) / (double) events;
                PostgreSql.Work work = postgreSql.work().since(before, events);
                process.kill();
                long[] outage = outage(waiting);
                return new Result(
                        latencies[0],
                        latencies[1],
                        perSecond,
                        allocated / events,
                        work,
                        processor,
                        outage[0],
                        (int) outage[1],
                        last - arrivedAfterKill(last),
                        last - arrivedAfterShutdown(last, false),
                        last - arrivedAfterShutdown(last, true));
            }
        }

        private long[] deliver(PeerProcess process, int events) throws Exception {
            long[] latencies = process.report(next(events), events, 1);
            process.flush();
            collector.await(events, QUIET_SECONDS);
            return latencies;
        }

        /** Returns the growth of the heap while events wait, and how many of them arrive after the outage. */
        private long[] outage(int events) throws Exception {
            try (PeerProcess process = start(newStore())) {
                process.report(next(100), 100, CALLERS);
                process.flush();
                collector.await(100, QUIET_SECONDS);
                long before = process.heap();
                collector.stop();
                process.report(next(events), events, CALLERS);
                long heap = process.heap() - before;
                collector.restart();
                process.flush();
                long arrived = collector.await(events, QUIET_SECONDS);
                process.kill();
                return new long[] {heap, arrived};
            }
        }

        private int arrivedAfterKill(int events) throws Exception {
            Store store = newStore();
            try (PeerProcess process = start(store)) {
                process.report(next(events), events, 1);
                process.kill();
            }
            return arrived(store, events);
        }

        private int arrivedAfterShutdown(int events, boolean outage) throws Exception {
            Store store = newStore();
            try (PeerProcess process = start(store)) {
                if (outage) {
                    collector.stop();
                }
                process.report(next(events), events, 1);
                process.shutDown();
            }
            if (outage) {
                collector.restart();
            }
            return arrived(store, events);
        }

        /** Starts a durable contender again, and returns how many events have arrived in the end. */
        private int arrived(Store store, int events) throws Exception {
            if (!contender.isDurable()) {
                return collector.await(events, 2);
            }
            try (PeerProcess successor = start(store)) {
                int arrived = collector.await(events, DURABLE_SECONDS);
                successor.kill();
                return arrived;
            }
        }
    }
}
