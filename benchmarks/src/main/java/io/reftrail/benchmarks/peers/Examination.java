package io.reftrail.benchmarks.peers;

import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** What a contender is put through, each time in processes and on stores of its own. */
final class Examination {

    /** For whoever is durable: until a dead process's claims are free again, and then some. */
    private static final int PATIENCE_SECONDS = 120;

    /** For whoever sends batches now and then, and backs off after an outage. */
    private static final int QUIET_SECONDS = 35;

    private static final int CALLERS = 8;

    private final Contender contender;
    private final Collector collector;
    private final PostgreSql postgreSql;
    private final Path directory;
    private int stores;
    private int customers;

    Examination(Contender contender, Collector collector, PostgreSql postgreSql, Path directory) {
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

    private Child start(Store store) throws Exception {
        return Child.start(contender, collector.uri(), store.directory(), store.jdbcUrl());
    }

    private int next(int count) {
        customers += count;
        collector.forget();
        return customers - count;
    }

    Result take(Options options) throws Exception {
        int events = options.number("events");
        int waiting = options.number("waiting");
        int last = options.number("last");
        try (Child child = start(newStore())) {
            arrive(child, events);
            long allocatedBefore = child.allocated();
            long start = System.nanoTime();
            long[] latencies = arrive(child, events);
            double perSecond = collector.arrived() * 1e9 / (System.nanoTime() - start);
            long allocated = child.allocated() - allocatedBefore;
            child.kill();
            long[] outage = outage(waiting);
            return new Result(
                    latencies[0],
                    latencies[1],
                    perSecond,
                    allocated / events,
                    outage[0],
                    (int) outage[1],
                    last - killed(last),
                    last - shutDown(last, false),
                    last - shutDown(last, true));
        }
    }

    private long[] arrive(Child child, int events) throws Exception {
        long[] latencies = child.report(next(events), events, 1);
        child.flush();
        collector.await(events, QUIET_SECONDS);
        return latencies;
    }

    /** Returns what waiting events take in the heap, and how many of them arrive when the backend is back. */
    private long[] outage(int events) throws Exception {
        try (Child child = start(newStore())) {
            child.report(next(100), 100, CALLERS);
            child.flush();
            collector.await(100, QUIET_SECONDS);
            long before = child.heap();
            collector.goAway();
            child.report(next(events), events, CALLERS);
            long heap = child.heap() - before;
            collector.comeBack();
            child.flush();
            long arrived = collector.await(events, QUIET_SECONDS);
            child.kill();
            return new long[] {heap, arrived};
        }
    }

    /** Returns how many arrive of those that were reported right before the process was killed. */
    private int killed(int events) throws Exception {
        Store store = newStore();
        try (Child child = start(store)) {
            child.report(next(events), events, 1);
            child.kill();
        }
        return arriveAfterAll(store, events);
    }

    private int shutDown(int events, boolean outage) throws Exception {
        Store store = newStore();
        try (Child child = start(store)) {
            if (outage) {
                collector.goAway();
            }
            child.report(next(events), events, 1);
            child.shutDown();
        }
        if (outage) {
            collector.comeBack();
        }
        return arriveAfterAll(store, events);
    }

    private int arriveAfterAll(Store store, int events) throws Exception {
        if (!contender.isDurable()) {
            return collector.await(events, 2);
        }
        try (Child heir = start(store)) {
            int arrived = collector.await(events, PATIENCE_SECONDS);
            heir.kill();
            return arrived;
        }
    }
}
