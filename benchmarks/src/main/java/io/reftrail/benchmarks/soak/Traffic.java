package io.reftrail.benchmarks.soak;

import io.reftrail.benchmarks.Sandbox;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Everybody who comes to the shop. Thread-safe, but for the random numbers, of which each thread has its own. */
final class Traffic {

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    private static final String PASSWORD = "secret";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Shop shop;
    private final Sandbox sandbox;
    private final Answers answers;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<String> known = new ConcurrentLinkedQueue<>();
    private final LongAdder visits = new LongAdder();

    Traffic(Shop shop, Sandbox sandbox, Answers answers) {
        this.shop = shop;
        this.sandbox = sandbox;
        this.answers = answers;
    }

    /** One visitor, of some kind. */
    void visit(Random random) throws IOException, InterruptedException {
        visits.increment();
        int number = numbers.incrementAndGet();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> becomeCustomer(Link.of(number), number, random.nextInt(3));
            case 3 -> becomeCustomerWithoutLink(number);
            case 4 -> signInAgain(Link.of(random.nextInt(12)));
            case 5 -> signInOfOld(Link.of(random.nextInt(12)), random);
            case 6, 7 -> crawl(Link.of(random.nextInt(12)));
            default -> Garbage.send(browser(BROWSER), random);
        }
    }

    long visits() {
        return visits.sum();
    }

    private Guest browser(String userAgent) {
        return new Guest(client, shop.address(), answers, userAgent);
    }

    private void land(Guest guest, Link link) throws IOException, InterruptedException {
        HttpResponse<String> landing = guest.open("/pricing?" + sandbox.click(link.path()), 302);
        if (landing.headers().firstValue("Set-Cookie").isEmpty()) {
            answers.report("a landing without a cookie");
        }
    }

    private void becomeCustomer(Link link, int number, int pages) throws IOException, InterruptedException {
        Guest guest = browser(BROWSER);
        land(guest, link);
        for (int page = 0; page < pages; page++) {
            guest.open("/pricing", 200);
        }
        signUp(guest, link.email(number));
    }

    private void becomeCustomerWithoutLink(int number) throws IOException, InterruptedException {
        signUp(browser(BROWSER), "stranger." + number + "@example.org");
    }

    private void signUp(Guest guest, String email) throws IOException, InterruptedException {
        guest.submit("/signup", Map.of("email", email, "name", "Kim", "password", PASSWORD));
        guest.open("/account", 200);
        known.add(email);
        if (known.size() > 100) {
            known.poll();
        }
    }

    /** Who signed up here a while ago, from another browser and by another partner's link. */
    private void signInAgain(Link link) throws IOException, InterruptedException {
        String email = known.poll();
        if (email != null) {
            signIn(browser(BROWSER), link, email, PASSWORD);
        }
    }

    /** Who was a customer before there was Reftrail. */
    private void signInOfOld(Link link, Random random) throws IOException, InterruptedException {
        signIn(browser(BROWSER), link, OldCustomers.email(random), OldCustomers.PASSWORD);
    }

    private void signIn(Guest guest, Link link, String email, String password)
            throws IOException, InterruptedException {
        land(guest, link);
        guest.submit("/login", Map.of("username", email, "password", password));
        guest.open("/account", 200);
    }

    private void crawl(Link link) throws IOException, InterruptedException {
        Guest crawler = browser("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
        for (String page : List.of("/", "/pricing")) {
            crawler.open(page + "?" + sandbox.click(link.path()), 302);
            crawler.open(page, 200);
        }
        if (crawler.hasCookies()) {
            answers.report("a crawler was given a cookie");
        }
    }
}
