package io.reftrail.benchmarks;

import io.reftrail.model.Attribution;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Payment;
import io.reftrail.model.Sale;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code benchmarks/run growth}: a ledger of many settled events and 50,000 dead ones, on SQLite, PostgreSQL and MariaDB. Measures what an
 * enqueue, a claim and the look-up of a sale cost next to an empty ledger, how long erasing a customer, removing old events and
 * an operator's questions take, the slowest sign-up meanwhile, what the indexes for this cost an enqueue, and the size. Fails if a sign-up is
 * refused.
 */
public final class Growth {

    static final int THREADS = 8;

    private static final Map<String, String> OPTIONS = Map.of(
            "databases",
            "sqlite,postgresql,mariadb",
            "rows",
            "1000000",
            "sales",
            "60",
            "rounds",
            "10",
            "leads",
            "5000");

    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final int LOOKED_UP = 1_000;

    /** The events of a claim by a dispatcher with its default settings. */
    private static final int CLAIMED = 40;

    private static final String EMPTY = "empty";
    private static final String GROWN = "grown";

    private Growth() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("growth", arguments, OPTIONS, Growth::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        boolean refused = false;
        for (String name : options.text("databases").split(",", -1)) {
            try (GrownDatabase database = GrownDatabase.start(name, directory)) {
                refused |= measure(options, database);
            }
        }
        return !refused;
    }

    private static boolean measure(Benchmark.Options options, GrownDatabase database) throws Exception {
        cost(options, database);
        try (JdbcOutbox empty = database.open(EMPTY);
                JdbcOutbox grown = database.open(GROWN)) {
            enqueueAndSettle(empty);
            enqueueAndSettle(grown);
            long start = System.nanoTime();
            database.fill(GROWN, options.number("rows"));
            System.out.printf(
                    "%s: filled in %,.0f s, %,d bytes for each event%n%n",
                    database.title(), (System.nanoTime() - start) / 1e9, database.size(GROWN) / options.number("rows"));
            compare(options, database, empty, grown);
            return work(database.title(), grown, options);
        }
    }

    /** The leads whose sales are looked up. */
    private static void enqueueAndSettle(JdbcOutbox outbox) {
        for (int lead = 0; lead < LOOKED_UP; lead++) {
            outbox.enqueue(StubBackend.lead("known-" + lead));
        }
        settleAll(outbox);
    }

    /** Returns whether a sign-up was refused. */
    private static boolean work(String store, JdbcOutbox outbox, Benchmark.Options options) throws Exception {
        sell(outbox, "kim", options.number("sales"));
        sell(outbox, "lee", options.number("sales"));
        long start = System.nanoTime();
        outbox.forget("lee");
        System.out.printf(
                "%s: erase a customer with %d sales while nobody signs up: %.1f ms%n%n",
                store, options.number("sales"), (System.nanoTime() - start) / 1e6);
        Table table = new Table(
                "%s, %,d rows".formatted(store, options.number("rows")),
                "ms",
                "slowest sign-up ms",
                "sign-ups",
                "refused");
        boolean refused = false;
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("erase a customer with %d sales".formatted(options.number("sales")), () -> outbox.forget("kim"));
        works.put("erase a customer who is not there", () -> outbox.forget("nobody"));
        works.put("remove a piece of old events", outbox::purge);
        works.put("remove 20 pieces of them", () -> {
            for (int piece = 0; piece < 20; piece++) {
                outbox.purge();
            }
        });
        works.put("list 100 dead events", () -> outbox.dead(100));
        works.put("count the backlog", () -> outbox.backlog("stub"));
        for (Map.Entry<String, Runnable> work : works.entrySet()) {
            SignUps signUps = SignUps.during(outbox, work.getValue());
            refused |= signUps.refused > 0;
            table.row(work.getKey(), signUps.work, signUps.slowest, signUps.accepted, signUps.refused);
        }
        System.out.println(table);
        return refused;
    }

    private static void sell(Outbox outbox, String customer, int sales) {
        outbox.enqueue(StubBackend.lead(customer));
        Attribution attribution = new Attribution(StubBackend.NAME, "click", null);
        for (int sale = 0; sale < sales; sale++) {
            Payment payment = Payment.of(customer, customer + "-invoice-" + sale, Money.of(BigDecimal.TEN, "EUR"));
            outbox.enqueue(Sale.of(attribution, payment, "Sign Up", Instant.now()));
        }
        settleAll(outbox);
    }

    private static void settleAll(Outbox outbox) {
        List<Claim> claims;
        do {
            claims = outbox.claim(StubBackend.NAME, CLAIMED, LEASE);
            outbox.settle(claims.stream()
                    .map(claim -> new Settled(claim, new Settlement.Done(Outcome.recorded())))
                    .toList());
        } while (!claims.isEmpty());
    }

    /** Sign-ups of two threads while something else is done. */
    private record SignUps(double work, double slowest, int accepted, int refused) {

        static SignUps during(Outbox outbox, Runnable work) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            AtomicBoolean done = new AtomicBoolean();
            try {
                List<Future<SignUps>> signingUp = new ArrayList<>();
                for (int thread = 0; thread < 2; thread++) {
                    signingUp.add(threads.submit(() -> until(done, outbox)));
                }
                long start = System.nanoTime();
                work.run();
                double millis = (System.nanoTime() - start) / 1e6;
                done.set(true);
                SignUps one = signingUp.get(0).get();
                SignUps other = signingUp.get(1).get();
                return new SignUps(
                        millis,
                        Math.max(one.slowest, other.slowest),
                        one.accepted + other.accepted,
                        one.refused + other.refused);
            } finally {
                threads.shutdownNow();
            }
        }

        private static SignUps until(AtomicBoolean done, Outbox outbox) {
            long slowest = 0;
            int accepted = 0;
            int refused = 0;
            do {
                long start = System.nanoTime();
                try {
                    outbox.enqueue(StubBackend.lead(UUID.randomUUID().toString()));
                    accepted++;
                } catch (OutboxException failure) {
                    refused++;
                }
                slowest = Math.max(slowest, System.nanoTime() - start);
            } while (!done.get());
            return new SignUps(0, slowest / 1e6, accepted, refused);
        }
    }

    private static void compare(Benchmark.Options options, GrownDatabase database, JdbcOutbox empty, JdbcOutbox grown)
            throws Exception {
        enqueues(", an enqueue after the filling", options, database, empty, grown);
        Map<String, Long> indexes = database.loadIndexes(GROWN);
        if (!indexes.isEmpty()) {
            System.out.println(indexes);
            enqueues(", an enqueue with the indexes in memory", options, database, empty, grown);
        }
        if (database.logsWholePages()) {
            database.logWholePages(false);
            enqueues(", an enqueue without whole pages in the log", options, database, empty, grown);
            database.logWholePages(true);
        }
        settleAll(empty);
        settleAll(grown);
        compare(
                database.title() + ", a claim and its settlement",
                options,
                outbox -> claimedInASecond(outbox, options.number("leads")),
                empty,
                grown);
        compare(
                database.title() + ", the look-up of a sale",
                options,
                outbox -> Threads.perSecondHere(1, () -> lookUp(outbox)),
                empty,
                grown);
    }

    private static void enqueues(
            String title, Benchmark.Options options, GrownDatabase database, JdbcOutbox empty, JdbcOutbox grown)
            throws Exception {
        compare(
                database.title() + title,
                options,
                outbox -> Threads.perSecond(THREADS, 1, () -> enqueue(outbox)),
                empty,
                grown);
        if (database.logBytes() == 0) {
            return;
        }
        int leads = options.number("leads");
        System.out.println(new Table(database.title() + title, "bytes of log", "bytes read from the disk")
                .row(bytes("an empty ledger", database, empty, leads))
                .row(bytes("%,d events".formatted(options.number("rows")), database, grown, leads)));
    }

    /** What is measured of an outbox. */
    @FunctionalInterface
    private interface Rate {
        double perSecond(JdbcOutbox outbox) throws Exception;
    }

    private static void compare(String title, Benchmark.Options options, Rate rate, JdbcOutbox empty, JdbcOutbox grown)
            throws Exception {
        Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
        measurements.put("an empty ledger", () -> rate.perSecond(empty));
        measurements.put("%,d events".formatted(options.number("rows")), () -> rate.perSecond(grown));
        System.out.println(Rounds.run(2, options.number("rounds"), measurements).table(title, "in a second"));
    }

    /**
     * Returns the bytes of the log and the bytes read from the disk for each enqueue. PostgreSQL writes a page of an index to the log as a
     * whole when it changes for the first time after a checkpoint.
     */
    private static Object[] bytes(String title, GrownDatabase database, Outbox outbox, int leads) throws Exception {
        double log = database.logBytes();
        long read = database.bytesRead();
        seconds(outbox, leads);
        return new Object[] {
            title, Math.round((database.logBytes() - log) / leads), (database.bytesRead() - read) / leads
        };
    }

    private static void enqueue(Outbox outbox) {
        outbox.enqueue(StubBackend.lead(UUID.randomUUID().toString()));
    }

    private static double claimedInASecond(Outbox outbox, int leads) {
        for (int lead = 0; lead < leads; lead++) {
            enqueue(outbox);
        }
        long start = System.nanoTime();
        settleAll(outbox);
        return leads * 1e9 / (System.nanoTime() - start);
    }

    private static void lookUp(Outbox outbox) {
        String customer = "known-" + ThreadLocalRandom.current().nextInt(LOOKED_UP);
        if (outbox.find(StubBackend.lead(customer).deduplicationKey()) == null) {
            throw new IllegalStateException(customer + " is not in the ledger");
        }
    }

    /**
     * Compares an enqueue with and without the indexes: by the time that it takes, and by the processor time of the client's
     * thread and the server, which other work on the machine does not change.
     */
    private static void cost(Benchmark.Options options, GrownDatabase database) throws Exception {
        database.open("without").close();
        database.dropIndexes("without");
        try (JdbcOutbox without = database.open("without");
                JdbcOutbox indexed = database.open("indexed")) {
            int leads = options.number("leads");
            Map<String, Rounds.Measurement> time = new LinkedHashMap<>();
            time.put("without the indexes", () -> leads / seconds(without, leads));
            time.put("with them", () -> leads / seconds(indexed, leads));
            System.out.println(Rounds.run(1, options.number("rounds"), time)
                    .table(database.title() + ", an enqueue", "in a second"));
            Map<String, Rounds.Measurement> processor = new LinkedHashMap<>();
            processor.put("without the indexes", () -> leads / processorSeconds(database, without, leads));
            processor.put("with them", () -> leads / processorSeconds(database, indexed, leads));
            System.out.println(Rounds.run(1, options.number("rounds"), processor)
                    .table(database.title() + ", an enqueue", "in a second of processor time"));
        }
    }

    private static double seconds(Outbox outbox, int leads) {
        long start = System.nanoTime();
        for (int lead = 0; lead < leads; lead++) {
            enqueue(outbox);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double processorSeconds(GrownDatabase database, Outbox outbox, int leads) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime() + database.processorTime();
        seconds(outbox, leads);
        return (threads.getCurrentThreadCpuTime() + database.processorTime() - before) / 1e9;
    }
}
