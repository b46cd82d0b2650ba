package io.reftrail.benchmarks.soak;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.Sandbox;
import io.reftrail.benchmarks.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * {@code benchmarks/run soak}: half an hour of landings, sign-ups, sign-ins, crawlers and garbage at the sample shop, while
 * the backends are in trouble. As promised if each answer of the shop is the right one, its heap and its threads stay flat,
 * and each new customer that is committed is reported once, and nobody else.
 */
public final class Soak {

    private static final Map<String, String> OPTIONS =
            Map.of("seconds", "1800", "visitors", "4", "seed", "1", "fault-every-seconds", "5");

    private static final int SAMPLES = 90;

    /** Sessions live for a minute, and what is remembered of clicks fills up: before, growth says nothing. */
    private static final int SECONDS_TO_JUDGE = 600;

    private static final long PATIENCE_SECONDS = 180;

    private Soak() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("soak", arguments, OPTIONS, Soak::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        Server database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        URI address = Shop.freeAddress();
        JdbcDataSource accounts = new JdbcDataSource();
        accounts.setUrl("jdbc:h2:tcp://localhost:" + database.getPort() + "/./shop");
        accounts.setUser("sa");
        try (Sandbox sandbox = Sandbox.start(directory, address.resolve("/"));
                Shop shop = Shop.start(
                        directory,
                        address,
                        List.of(
                                "--sandbox-url=http://localhost:"
                                        + sandbox.address().getPort(),
                                "--spring.datasource.url=" + accounts.getUrl(),
                                "--spring.datasource.username=sa",
                                "--spring.datasource.password=",
                                "--spring.sql.init.mode=always"));
                JMXConnector watch = shop.watch()) {
            OldCustomers.insert(accounts);
            return measure(options, sandbox, shop, new Pulse(watch), accounts);
        } finally {
            database.stop();
        }
    }

    private static boolean measure(Options options, Sandbox sandbox, Shop shop, Pulse pulse, JdbcDataSource accounts)
            throws Exception {
        Answers answers = new Answers();
        Traffic traffic = new Traffic(shop, sandbox, answers);
        Faults faults = new Faults(sandbox);
        long end = System.nanoTime() + options.number("seconds") * 1_000_000_000L;
        ExecutorService visitors = Executors.newFixedThreadPool(options.number("visitors"));
        try {
            List<Future<?>> threads = new ArrayList<>();
            for (int thread = 0; thread < options.number("visitors"); thread++) {
                Random random = new Random(options.number("seed") * 1_000L + thread);
                threads.add(visitors.submit(() -> visit(traffic, random, answers, end)));
            }
            watch(options, pulse, faults, end);
            for (Future<?> thread : threads) {
                thread.get();
            }
        } finally {
            visitors.shutdownNow();
        }
        Books books = awaitBooks(sandbox, accounts);
        print(traffic, answers, faults, books, pulse);
        boolean longEnough = options.number("seconds") >= SECONDS_TO_JUDGE;
        if (!longEnough) {
            System.out.println(
                    "Not judged, because that takes " + SECONDS_TO_JUDGE + " s: whether heap and threads are flat");
        }
        return shop.isAlive() && answers.unexplained() == 0 && books.agree() && (!longEnough || pulse.isFlat());
    }

    private static void visit(Traffic traffic, Random random, Answers answers, long end) {
        while (System.nanoTime() < end) {
            try {
                traffic.visit(random);
            } catch (IOException | RuntimeException failure) {
                answers.report(failure.toString());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void watch(Options options, Pulse pulse, Faults faults, long end)
            throws IOException, InterruptedException {
        long sampleEvery = options.number("seconds") * 1_000_000_000L / SAMPLES;
        long faultEvery = options.number("fault-every-seconds") * 1_000_000_000L;
        long nextSample = System.nanoTime() + sampleEvery;
        long nextFault = System.nanoTime() + faultEvery;
        while (System.nanoTime() < end) {
            if (System.nanoTime() >= nextFault) {
                faults.next();
                nextFault += faultEvery;
            }
            if (System.nanoTime() >= nextSample) {
                pulse.take();
                nextSample += sampleEvery;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static Books awaitBooks(Sandbox sandbox, JdbcDataSource accounts)
            throws IOException, InterruptedException, SQLException {
        sandbox.heal();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Books books = Books.compare(accounts, sandbox.calls());
        while (books.missing() > 0 && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(1);
            books = Books.compare(accounts, sandbox.calls());
        }
        return books;
    }

    private static void print(Traffic traffic, Answers answers, Faults faults, Books books, Pulse pulse) {
        System.out.println(new Table("the sample shop", "")
                .row("visitors", traffic.visits())
                .row("requests", answers.total())
                .row("answers by status", answers.statuses())
                .row("faults ordered at the backends", faults.ordered())
                .row("answers that should not have been", answers.unexplained())
                .row("new customers brought by partners", books.committed())
                .row("of them not reported", books.missing())
                .row("recorded twice", books.doubled())
                .row("recorded, but no new customer", books.invented())
                .row("credited to somebody else", books.wronglyCredited())
                .row("sent again and recognised", books.resent()));
        System.out.println(pulse.table());
        System.out.println(pulse.threadsByName());
        answers.examples().forEach(System.out::println);
    }
}
