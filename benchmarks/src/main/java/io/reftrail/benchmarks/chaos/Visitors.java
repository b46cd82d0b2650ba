package io.reftrail.benchmarks.chaos;

import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.samples.demo.Browser;
import io.reftrail.samples.demo.Sandbox;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Customers who arrive at a steady rate, as long as the application keeps up. Each follows a partner's link and signs up at
 * another node. Those whose click is exchanged sign up at once, after a moment, or after further pages which may set the click
 * id's cookie. Every tenth sign-up is rolled back.
 */
final class Visitors implements AutoCloseable {

    private static final int THREADS = 48;
    private static final int ROLLED_BACK = 10;
    private static final int MOST_PAGES = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Affonso's cookie, which holds the click id as soon as a page has set it. */
    private static final String CLICK_COOKIE = "affonso_referral";

    private final Sandbox backend;
    private final Nodes nodes;
    private final int customers;
    private final Semaphore arrivals = new Semaphore(0);
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger landings = new AtomicInteger();
    private final AtomicInteger withClickId = new AtomicInteger();
    private final AtomicInteger withoutClickId = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    Visitors(Sandbox backend, Nodes nodes, int customers) {
        this.backend = backend;
        this.nodes = nodes;
        this.customers = customers;
    }

    /**
     * The vendors, by ten customers in turns: one whose links carry the click id, and one whose links carry a partner's code
     * that is exchanged for a click id in the background.
     */
    enum Vendor {
        REFPORT(RefportBackend.NAME, RefportBackend.LEAD_EVENT_NAME, "/go/", "nora"),
        AFFONSO(
                AffonsoBackend.NAME,
                AffonsoBackend.of("sk_live_sandbox", "prg_sandbox").leadEventName(),
                "/affonso/links/",
                "leo");

        private static final int IN_A_ROW = 10;

        private final String backend;
        private final String leadEventName;
        private final String links;
        private final String partner;

        Vendor(String backend, String leadEventName, String links, String partner) {
            this.backend = backend;
            this.leadEventName = leadEventName;
            this.links = links;
            this.partner = partner;
        }

        /** Returns the vendor of a customer. */
        static Vendor of(int customer) {
            return customer / IN_A_ROW % 2 == 0 ? REFPORT : AFFONSO;
        }

        /** Returns the backend's name, in core and in the sandbox. */
        String backend() {
            return backend;
        }

        String leadEventName() {
            return leadEventName;
        }

        /** Returns the partner whose link all of its customers follow. */
        String partner() {
            return partner;
        }

        boolean exchangesClicks() {
            return this == AFFONSO;
        }
    }

    static String customer(int number) {
        return "customer-" + number;
    }

    static boolean isRolledBack(int number) {
        return number % ROLLED_BACK == 0;
    }

    /** Lets the customers arrive, and returns at once. The futures end when all are answered, or fail. */
    List<Future<?>> begin(int perSecond) {
        Future<?> unused =
                clock.scheduleAtFixedRate(arrivals::release, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        List<Future<?>> drivers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            drivers.add(threads.submit(() -> {
                for (int number = arrived.incrementAndGet(); number <= customers; number = arrived.incrementAndGet()) {
                    arrivals.acquire();
                    signUp(number);
                    done.incrementAndGet();
                }
                return null;
            }));
        }
        return drivers;
    }

    private void signUp(int number) throws IOException, InterruptedException {
        Vendor vendor = Vendor.of(number);
        boolean rollback = isRolledBack(number);
        Visitor visitor = new Visitor();
        int seen = visitor.land(backend.follow(vendor.links + vendor.partner));
        if (vendor.exchangesClicks()) {
            landings.addAndGet(seen);
            visitor.browse(number % 3);
        }
        boolean hasClickId = visitor.browser.has(CLICK_COOKIE);
        int status = visitor.signUp(customer(number), rollback);
        boolean expected = rollback ? status == 422 : status == 201 || status == 409;
        if (!expected) {
            throw new IOException("a sign-up is answered " + status);
        }
        if (vendor.exchangesClicks() && !rollback) {
            (hasClickId ? withClickId : withoutClickId).incrementAndGet();
        }
    }

    /** Returns how many customers are answered. */
    int done() {
        return done.get();
    }

    /** Returns how often a node has received a landing with a partner's code. Each may have become a click. */
    int landings() {
        return landings.get();
    }

    /** Returns how many customers have signed up with the id of an exchanged click in their cookies. */
    int withClickId() {
        return withClickId.get();
    }

    /** Returns how many have signed up without it, so that their lead has to wait for their click. */
    int withoutClickId() {
        return withoutClickId.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }

    /** A visitor who tries another node where one does not answer. */
    private final class Visitor {

        private final Browser browser = new Browser();
        private @Nullable URI landed;
        private int attempts;

        /** Returns how many nodes have received the landing. One that did not answer may have stored the click. */
        int land(String query) throws IOException, InterruptedException {
            request("/?" + query, false);
            return attempts;
        }

        void browse(int manner) throws IOException, InterruptedException {
            Random random = ThreadLocalRandom.current();
            if (manner == 1) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 700));
            }
            int pages = manner == 2 ? random.nextInt(1, MOST_PAGES) : 0;
            for (int page = 0; page < pages && !browser.has(CLICK_COOKIE); page++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(50, 400));
                request("/", false);
            }
        }

        /** Signs up at another node than that of the landing, if it is up, and returns the status. */
        int signUp(String customer, boolean rollback) throws IOException, InterruptedException {
            return request("/sign-up?customer=" + customer + "&rollback=" + rollback, true);
        }

        private int request(String path, boolean post) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            String trouble = "";
            attempts = 0;
            for (boolean first = true; System.nanoTime() < deadline; first = false) {
                URI node = landed == null || !first ? nodes.any() : nodes.anyBut(landed);
                try {
                    attempts++;
                    URI target = node.resolve(path);
                    HttpResponse<String> response = post ? browser.post(target, "") : browser.open(target);
                    if (response.statusCode() < 500) {
                        landed = landed == null ? node : landed;
                        return response.statusCode();
                    }
                    trouble = "HTTP " + response.statusCode();
                } catch (ConnectException | HttpConnectTimeoutException down) {
                    attempts--;
                    trouble = down.toString();
                } catch (IOException gone) {
                    trouble = gone.toString();
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            throw new IOException("no node answers: " + trouble);
        }
    }
}
