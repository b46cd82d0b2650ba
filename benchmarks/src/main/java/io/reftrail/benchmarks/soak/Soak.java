package io.reftrail.benchmarks.soak;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.SandboxProcess;
import io.reftrail.benchmarks.Table;
import io.reftrail.samples.demo.FreePorts;
import io.reftrail.samples.demo.JavaProcess;
import io.reftrail.samples.demo.Sandbox;
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
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * {@code benchmarks/run soak}: half an hour of landings, sign-ups, sign-ins, crawlers and garbage at the sample shop while the
 * backends fail. Ends with 1 unless each answer of the shop is right, its heap and its threads stay flat, and each referred
 * customer is recorded once, and nobody else.
 */
public final class Soak {

    private static final Map<String, String> OPTIONS =
            Map.of("seconds", "1800", "visitors", "4", "seed", "1", "fault-every-seconds", "5");

    private static final int SAMPLES = 90;

    /** Sessions live for a minute, and the memory for clicks fills up. Before that, growth means nothing. */
    private static final int SECONDS_TO_JUDGE_GROWTH = 600;

    private static final long PATIENCE_SECONDS = 180;

    /** The faults of all vendors, one after the other. */
    private static final List<String> FAULTS = List.of(
            "{\"kind\":\"status\",\"status\":500,\"count\":10}",
            "{\"kind\":\"hang\",\"seconds\":4,\"count\":5}",
            "{\"kind\":\"reset\",\"count\":10}",
            "{\"kind\":\"status\",\"status\":429,\"retryAfter\":\"1\",\"count\":3}",
            "{\"kind\":\"html\",\"count\":5}",
            "{\"kind\":\"status\",\"status\":503,\"count\":5}");

    private Soak() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("soak", arguments, OPTIONS, Soak::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        Server database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        int port = new FreePorts().any();
        URI address = URI.create("http://localhost:" + port);
        JdbcDataSource accounts = new JdbcDataSource();
        accounts.setUrl("jdbc:h2:tcp://localhost:" + database.getPort() + "/./shop");
        accounts.setUser("sa");
        try (SandboxProcess backend = SandboxProcess.start(directory, address.resolve("/"));
                JavaProcess shop = startShop(directory, port, backend.sandbox(), accounts.getUrl())) {
            shop.awaitReady(address);
            OldCustomers.insert(accounts);
            try (ProcessMonitor monitor = ProcessMonitor.attach(shop.pid())) {
                Traffic traffic = new Traffic(address, backend.sandbox());
                int faults = run(options, traffic, backend.sandbox(), monitor);
                Comparison comparison = awaitComparison(backend.sandbox(), accounts);
                print(traffic, faults, comparison, monitor);
                boolean flat = monitor.isFlat();
                if (options.number("seconds") < SECONDS_TO_JUDGE_GROWTH) {
                    System.out.println("Not judged, because that takes " + SECONDS_TO_JUDGE_GROWTH
                            + " s: whether heap and threads are flat");
                    flat = true;
                }
                return shop.isAlive() && traffic.wrong() == 0 && comparison.isGood() && flat;
            }
        } finally {
            database.stop();
        }
    }

    /** Calls are not limited. Sessions are short, because the heap would grow with the sessions of half an hour. */
    private static JavaProcess startShop(Path directory, int port, Sandbox sandbox, String jdbcUrl) throws IOException {
        return JavaProcess.startJar(
                JavaProcess.applicationJar(Path.of("samples", "spring-boot-app")),
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                directory.resolve("shop.log"),
                List.of(
                        "--server.port=" + port,
                        "--server.servlet.session.timeout=1m",
                        "--sandbox-url=http://localhost:" + sandbox.address().getPort(),
                        "--spring.datasource.url=" + jdbcUrl,
                        "--spring.datasource.username=sa",
                        "--spring.datasource.password=",
                        "--spring.sql.init.mode=always",
                        "--reftrail.affonso.calls-per-minute=0",
                        "--reftrail.introw.calls-per-minute=0",
                        "--reftrail.dub.calls-per-minute=0"));
    }

    /** Lets the visitors come, and returns how many faults there were meanwhile. */
    private static int run(Benchmark.Options options, Traffic traffic, Sandbox sandbox, ProcessMonitor monitor)
            throws Exception {
        long end = System.nanoTime() + options.number("seconds") * 1_000_000_000L;
        ExecutorService visitors = Executors.newFixedThreadPool(options.number("visitors"));
        try {
            List<Future<?>> threads = new ArrayList<>();
            for (int thread = 0; thread < options.number("visitors"); thread++) {
                Random random = new Random(options.number("seed") * 1_000L + thread);
                threads.add(visitors.submit(() -> visit(traffic, random, end)));
            }
            int faults = failAndSample(options, sandbox, monitor, end);
            for (Future<?> thread : threads) {
                thread.get();
            }
            return faults;
        } finally {
            visitors.shutdownNow();
        }
    }

    private static void visit(Traffic traffic, Random random, long end) {
        while (System.nanoTime() < end) {
            try {
                traffic.visit(random);
            } catch (IOException | RuntimeException failure) {
                traffic.report(failure.toString());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static int failAndSample(Benchmark.Options options, Sandbox sandbox, ProcessMonitor monitor, long end)
            throws IOException, InterruptedException {
        long sampleEvery = options.number("seconds") * 1_000_000_000L / SAMPLES;
        long faultEvery = options.number("fault-every-seconds") * 1_000_000_000L;
        long nextSample = System.nanoTime() + sampleEvery;
        long nextFault = System.nanoTime() + faultEvery;
        int faults = 0;
        while (System.nanoTime() < end) {
            if (System.nanoTime() >= nextFault) {
                sandbox.fail(FAULTS.get(faults++ % FAULTS.size()));
                nextFault += faultEvery;
            }
            if (System.nanoTime() >= nextSample) {
                monitor.sample();
                nextSample += sampleEvery;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return faults;
    }

    private static Comparison awaitComparison(Sandbox sandbox, DataSource accounts)
            throws IOException, InterruptedException, SQLException {
        sandbox.heal();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Comparison comparison = Comparison.of(accounts, sandbox.calls());
        while (comparison.missing() > 0 && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(1);
            comparison = Comparison.of(accounts, sandbox.calls());
        }
        return comparison;
    }

    private static void print(Traffic traffic, int faults, Comparison comparison, ProcessMonitor monitor) {
        System.out.println(new Table("the sample shop", "")
                .row("visitors", traffic.visits())
                .row("requests", traffic.requests())
                .row("answers by status", traffic.statuses())
                .row("faults at the backends", faults)
                .row("wrong answers", traffic.wrong())
                .row("new customers referred by partners", comparison.referred())
                .row("of them not reported", comparison.missing())
                .row("recorded twice", comparison.doubled())
                .row("recorded, but not a new customer", comparison.invented())
                .row("credited to another partner", comparison.miscredited())
                .row("sent again and recognised", comparison.resent()));
        System.out.println(monitor.table());
        System.out.println(monitor.threadsByName());
        traffic.examples().forEach(System.out::println);
    }
}
