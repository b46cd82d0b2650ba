package io.reftrail.benchmarks.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.SandboxProcess;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.chaos.FaultyProxy;
import io.reftrail.benchmarks.chaos.Nodes;
import io.reftrail.benchmarks.payments.Books.Account;
import io.reftrail.benchmarks.payments.Books.Money;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.samples.demo.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * {@code benchmarks/run payments}: customers subscribe, renew, change prices, get money back and dispute it. The payment
 * provider's events reach three nodes on one PostgreSQL in random order, a quarter of them twice, while nodes are killed and the
 * vendors and the connections to them fail. Ends with 1 unless money at the vendors is money at the provider, for each customer
 * and currency.
 */
public final class Payments {

    private static final Map<String, String> OPTIONS =
            Map.of("customers", "2000", "batch", "100", "patience", "1200", "seed", "1");

    private static final int NODES = 3;
    private static final int THREADS = 12;
    private static final int TWICE_PERCENT = 25;
    private static final int SHOWN = 10;
    private static final String SECRET = "whsec_sandbox";
    private static final List<String> VENDORS = List.of("affonso", "firstpromoter");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Map<String, String> payer = new ConcurrentHashMap<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Sandbox sandbox;
    private final Nodes nodes;
    private final Random random;
    private final long seed;
    private int events;
    private int deliveries;

    private Payments(Sandbox sandbox, Nodes nodes, long seed) {
        this.sandbox = sandbox;
        this.nodes = nodes;
        this.random = new Random(seed);
        this.seed = seed;
    }

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("payments", arguments, OPTIONS, Payments::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        int customers = options.number("customers");
        long start = System.nanoTime();
        try (PostgreSql postgreSql = PostgreSql.start(directory);
                HikariDataSource pool = postgreSql.pool(2);
                SandboxProcess backend = SandboxProcess.start(directory, URI.create("http://localhost/"));
                FaultyProxy proxy = new FaultyProxy(backend.sandbox().address())) {
            PostgreSql.execute(pool, "CREATE TABLE customer (id TEXT PRIMARY KEY, signed_up_at TIMESTAMPTZ NOT NULL)");
            try (Nodes nodes = Nodes.start(
                    NODES,
                    directory,
                    postgreSql.jdbcUrl("postgres"),
                    proxy.port(),
                    "--reftrail.firstpromoter.api-key=fp_sandbox",
                    "--reftrail.firstpromoter.account-id=acc_sandbox",
                    "--reftrail.firstpromoter.parameters=fpr",
                    "--reftrail.firstpromoter.calls-per-minute=0",
                    "--reftrail.firstpromoter.base-url=http://127.0.0.1:" + proxy.port() + "/firstpromoter",
                    "--reftrail.payments.stripe.webhook-secret=" + SECRET,
                    "--reftrail.payments.stripe.mode=test")) {
                Payments payments = new Payments(backend.sandbox(), nodes, options.number("seed"));
                backend.sandbox().deliverPaymentEvents("held");
                try (Faults faults = new Faults(nodes, proxy, backend.sandbox(), options.number("seed"))) {
                    payments.pay(customers, options.number("batch"));
                    faults.end();
                    int dead = awaitDelivery(pool, options.number("patience"));
                    Books books = Books.read(
                            backend.sandbox().paymentsAtStripe(),
                            backend.sandbox().calls(),
                            payments.payer,
                            Shopper::isReferred);
                    payments.print(books, dead, faults.strikes());
                    System.out.printf("%.0f s%n", (System.nanoTime() - start) / 1e9);
                    return books.differences().isEmpty() && dead == 0 && nodes.kills() > 0;
                } finally {
                    payments.threads.shutdownNow();
                }
            }
        }
    }

    /** Lets customers sign up and pay, and delivers the events, for some customers after the other. */
    private void pay(int customers, int batch) throws Exception {
        for (int first = 1; first <= customers; first += batch) {
            List<Shopper> shoppers = new ArrayList<>();
            for (int number = first; number < Math.min(first + batch, customers + 1); number++) {
                shoppers.add(new Shopper(number, seed, sandbox));
            }
            all(shoppers, shopper -> shopper.signUp(nodes));
            all(shoppers, shopper -> shopper.pay(payer));
            List<String> toDeliver = new ArrayList<>();
            for (JsonNode event : sandbox.atStripe("events/take", "")) {
                events++;
                toDeliver.add(event.toString());
                if (random.nextInt(100) < TWICE_PERCENT) {
                    toDeliver.add(event.toString());
                }
            }
            Collections.shuffle(toDeliver, random);
            deliveries += toDeliver.size();
            all(toDeliver, this::deliver);
            System.err.printf("\r%,d of %,d customers", Math.min(first + batch - 1, customers), customers);
        }
        System.err.println();
    }

    /** Something that is done for each of many, by several threads. */
    @FunctionalInterface
    private interface Task<T> {
        void run(T each) throws Exception;
    }

    private <T> void all(List<T> items, Task<T> task) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (T item : items) {
            tasks.add(() -> {
                task.run(item);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get();
        }
    }

    /** Delivers an event to one node after the other, until one accepts it. */
    private void deliver(String event) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String trouble = "";
        while (System.nanoTime() < deadline) {
            attempts.incrementAndGet();
            HttpRequest request = HttpRequest.newBuilder(nodes.any().resolve("/reftrail/payments/stripe"))
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("Stripe-Signature", signature(event, Instant.now().getEpochSecond()))
                    .POST(BodyPublishers.ofString(event))
                    .build();
            try {
                int status = client.send(request, BodyHandlers.discarding()).statusCode();
                if (status / 100 == 2) {
                    return;
                }
                if (status / 100 == 4) {
                    throw new IllegalStateException("a node refuses an event with " + status + ": " + event);
                }
                trouble = "HTTP " + status;
            } catch (IOException down) {
                trouble = down.toString();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("no node accepts an event: " + trouble);
    }

    private static String signature(String payload, long time) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal((time + "." + payload).getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA-256", impossible);
        }
    }

    /** Waits until the outbox is empty, at most for some seconds, and returns how many events it has given up or still has. */
    private static int awaitDelivery(HikariDataSource pool, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int left = 0;
        try (JdbcOutbox outbox = JdbcOutbox.on(pool).open()) {
            for (String vendor : VENDORS) {
                while (outbox.depth(vendor) > 0 && System.nanoTime() < deadline) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
                left += (int)
                        (outbox.backlog(vendor).dead() + outbox.backlog(vendor).waiting());
            }
        }
        return left;
    }

    private void print(Books books, int dead, int strikes) {
        Map<String, Money> provider = Books.totals(books.provider());
        Map<String, Money> vendors = Books.totals(books.vendors());
        Table money = new Table(
                "money, smallest unit, without tax", "sales, provider", "vendors", "money, provider", "vendors");
        provider.forEach((currency, owed) -> {
            Money had = vendors.getOrDefault(currency, Money.NONE);
            money.row(currency, owed.sales(), had.sales(), owed.amount(), had.amount());
        });
        System.out.println(money);
        System.out.println(new Table("trial", "count")
                .row(
                        "customers with payments, in one currency each",
                        books.provider().size())
                .row("events of the payment provider", events)
                .row("deliveries, " + TWICE_PERCENT + " % twice", deliveries)
                .row("attempts of them", attempts.get())
                .row("nodes killed", nodes.kills())
                .row("all faults", strikes)
                .row("events that did not reach a vendor", dead)
                .row("customers whose money differs", books.differences().size()));
        books.differences().entrySet().stream()
                .limit(SHOWN)
                .forEach(each -> System.out.printf(
                        "%s: the provider has %s, the vendors %s%n",
                        describe(each.getKey()),
                        each.getValue().get(0),
                        each.getValue().get(1)));
        if (nodes.kills() == 0) {
            System.out.println("too few faults for a result that means something");
        }
    }

    private static String describe(Account account) {
        return account.customer() + " in " + account.currency();
    }

    /** A fault each second, or its end. */
    private static final class Faults implements AutoCloseable {

        private final Nodes nodes;
        private final FaultyProxy proxy;
        private final Sandbox sandbox;
        private final Random random;
        private final Thread thread = new Thread(this::strikeEachSecond, "faults");
        private volatile boolean over;
        private final AtomicInteger strikes = new AtomicInteger();

        Faults(Nodes nodes, FaultyProxy proxy, Sandbox sandbox, long seed) {
            this.nodes = nodes;
            this.proxy = proxy;
            this.sandbox = sandbox;
            this.random = new Random(seed);
            thread.setDaemon(true);
            thread.start();
        }

        private void strikeEachSecond() {
            try {
                while (!over) {
                    TimeUnit.SECONDS.sleep(1);
                    nodes.restartEnded();
                    strike(strikes.getAndIncrement() % 10);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        private void strike(int fault) throws IOException, InterruptedException {
            switch (fault) {
                case 0 -> fail("\"kind\":\"status\",\"status\":500,\"count\":30");
                case 1, 5 -> nodes.killOne(random);
                case 2 -> proxy.loseReplies(10);
                case 3 -> fail("\"kind\":\"status\",\"status\":429,\"retryAfter\":\"1\",\"count\":5");
                case 4 -> proxy.shut();
                case 6 -> proxy.open();
                case 7 -> fail("\"kind\":\"hang\",\"seconds\":4,\"count\":8");
                case 8 -> proxy.loseRequests(10);
                default -> fail("\"kind\":\"html\",\"count\":10");
            }
        }

        private void fail(String fault) throws IOException, InterruptedException {
            for (String vendor : VENDORS) {
                sandbox.fail("{\"vendor\":\"" + vendor + "\"," + fault + "}");
            }
        }

        int strikes() {
            return strikes.get();
        }

        /** Ends all faults. */
        void end() throws IOException, InterruptedException {
            over = true;
            thread.interrupt();
            thread.join();
            proxy.heal();
            sandbox.heal();
            nodes.awaitReady();
        }

        @Override
        public void close() {
            over = true;
            thread.interrupt();
        }
    }
}
