package io.reftrail.benchmarks.chaos;

import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.samples.demo.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers who arrive at a steady rate, as long as the application keeps up. Each follows a partner's link and signs up at
 * another node. Those whose click is exchanged sign up at once, after a moment, or after further pages which may set the click
 * id's cookie. Every tenth sign-up is rolled back.
 */
final class Visitors implements AutoCloseable {

    private static final int THREADS = 48;
    private static final int ROLLED_BACK = 10;

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
        Visitor visitor = new Visitor(nodes);
        int seen = visitor.land(backend.follow(vendor.links + vendor.partner));
        if (vendor.exchangesClicks()) {
            landings.addAndGet(seen);
            visitor.browse(number % 3, CLICK_COOKIE);
        }
        boolean hasClickId = visitor.has(CLICK_COOKIE);
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
}
