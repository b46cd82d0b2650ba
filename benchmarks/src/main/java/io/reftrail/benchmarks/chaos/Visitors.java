package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.Sandbox;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who follow a partner's link and sign up at another node. Those whose click has to be exchanged do so at once, or
 * after a moment, or after further pages that may bring the click id home.
 */
final class Visitors {

    private static final int MANNERS = 3;

    private static final int MOST_PAGES = 12;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Sandbox backend;
    private final Nodes nodes;
    private final AtomicInteger landings = new AtomicInteger();
    private final AtomicInteger broughtHome = new AtomicInteger();
    private final AtomicInteger waited = new AtomicInteger();

    Visitors(Sandbox backend, Nodes nodes) {
        this.backend = backend;
        this.nodes = nodes;
    }

    /**
     * Lets a customer go the whole way, until a node has said whether the customer is there.
     *
     * @throws IOException if no node says anything for a long time
     */
    void signUp(int number) throws IOException, InterruptedException {
        Vendor vendor = Vendor.of(number);
        boolean rollback = Rush.isRolledBack(number);
        Browser browser = new Browser(client, nodes);
        int seen = browser.land(backend.click(vendor.link()));
        if (vendor.exchangesClicks()) {
            landings.addAndGet(seen);
            dawdle(number % MANNERS, browser);
        }
        boolean home = browser.has(Vendor.CLICK_COOKIE);
        int status = browser.post("/sign-up?customer=" + Rush.customer(number) + "&rollback=" + rollback);
        boolean expected = rollback ? status == 422 : status == 201 || status == 409;
        if (!expected) {
            throw new IOException("a sign-up is answered " + status);
        }
        if (vendor.exchangesClicks() && !rollback) {
            (home ? broughtHome : waited).incrementAndGet();
        }
    }

    private static void dawdle(int manner, Browser browser) throws IOException, InterruptedException {
        Random random = ThreadLocalRandom.current();
        if (manner == 1) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 700));
        }
        int pages = manner == 2 ? random.nextInt(1, MOST_PAGES) : 0;
        for (int page = 0; page < pages && !browser.has(Vendor.CLICK_COOKIE); page++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(50, 400));
            browser.view();
        }
    }

    /** How often a node has seen a landing with a partner's code; each may have become a click. */
    int landings() {
        return landings.get();
    }

    /** How many signed up with the click id of an exchanged click in their cookies. */
    int broughtHome() {
        return broughtHome.get();
    }

    /** How many signed up without, so that their lead has to wait for their click. */
    int waited() {
        return waited.get();
    }
}
