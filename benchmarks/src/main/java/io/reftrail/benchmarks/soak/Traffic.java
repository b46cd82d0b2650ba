package io.reftrail.benchmarks.soak;

import io.reftrail.samples.demo.Browser;
import io.reftrail.samples.demo.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The visitors of the shop. Counts its answers. Thread-safe; each thread has random numbers of its own. */
final class Traffic {

    private static final String CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String PASSWORD = "secret";
    private static final int MOST_EXAMPLES = 20;
    private static final long BETWEEN_SIGN_INS = Duration.ofSeconds(2).toNanos();

    private final URI shop;
    private final Sandbox sandbox;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<Recent> recent = new ConcurrentLinkedQueue<>();
    private final LongAdder visits = new LongAdder();
    private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final LongAdder wrong = new LongAdder();
    private final Queue<String> examples = new ConcurrentLinkedQueue<>();

    Traffic(URI shop, Sandbox sandbox) {
        this.shop = shop;
        this.sandbox = sandbox;
    }

    /**
     * A partner's link.
     *
     * @param vendor the vendor whose link it is
     * @param partner the partner who is to be credited
     */
    record Link(String vendor, String partner) {

        private static final String[] VENDORS = {"refport", "dub", "affitor", "affonso"};
        private static final String[] PARTNERS = {"nora", "leo", "mia"};

        /** Returns the link of a visitor. The vendors, which all identify customers by their id, take turns. */
        static Link of(int number) {
            return new Link(VENDORS[number % VENDORS.length], PARTNERS[number / VENDORS.length % PARTNERS.length]);
        }

        String path() {
            return switch (vendor) {
                case "refport" -> "/go/" + partner;
                case "dub" -> "/d/" + partner;
                default -> "/" + vendor + "/links/" + partner;
            };
        }

        /** Returns an address that names the link, so that the table of customers shows who has to be reported. */
        String email(int number) {
            return vendor + "." + partner + "." + number + "@referred.example";
        }

        static Link ofEmail(String email) {
            String[] words = email.split("\\.", 3);
            return new Link(words[0], words[1]);
        }
    }

    /** A customer who has signed up, at a time of {@link System#nanoTime}. */
    private record Recent(String email, long nanoTime) {}

    /** Makes a visit of a random kind. */
    void visit(Random random) throws IOException, InterruptedException {
        visits.increment();
        int number = numbers.incrementAndGet();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> becomeCustomer(Link.of(number), number, random.nextInt(3));
            case 3 -> new Guest(Browser.FIREFOX).signUp("stranger." + number + "@example.org");
            case 4 -> signInAgain(Link.of(random.nextInt(12)));
            case 5 -> signIn(Link.of(random.nextInt(12)), OldCustomers.email(random), OldCustomers.PASSWORD);
            case 6, 7 -> crawl(Link.of(random.nextInt(12)));
            default -> Garbage.send(new Guest(Browser.FIREFOX), random);
        }
    }

    private void becomeCustomer(Link link, int number, int pages) throws IOException, InterruptedException {
        Guest guest = new Guest(Browser.FIREFOX);
        guest.land(link);
        for (int page = 0; page < pages; page++) {
            guest.open("/pricing", 200, 200);
        }
        guest.signUp(link.email(number));
    }

    /**
     * A recent customer signs in from another browser, after following another partner's link. The cookie holds the second of a click, so a
     * customer who followed the link in the second of the sign-up would count as new.
     */
    private void signInAgain(Link link) throws IOException, InterruptedException {
        Recent customer = recent.peek();
        if (customer != null && System.nanoTime() - customer.nanoTime() > BETWEEN_SIGN_INS && recent.remove(customer)) {
            signIn(link, customer.email(), PASSWORD);
        }
    }

    private void signIn(Link link, String email, String password) throws IOException, InterruptedException {
        Guest guest = new Guest(Browser.FIREFOX);
        guest.land(link);
        guest.submit("/login", Map.of("username", email, "password", password));
        guest.open("/account", 200, 200);
    }

    private void crawl(Link link) throws IOException, InterruptedException {
        Guest crawler = new Guest(CRAWLER);
        for (String page : List.of("/", "/pricing")) {
            crawler.open(page + "?" + sandbox.follow(link.path()), 302, 200); // 200 again within seconds, as at a loop
            crawler.open(page, 200, 200);
        }
        if (!crawler.browser.attributionCookies().isEmpty()) {
            report("a crawler was given a cookie");
        }
    }

    /** Counts something that must not happen, such as a closed connection. */
    void report(String what) {
        wrong.increment();
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(what);
        }
    }

    long visits() {
        return visits.sum();
    }

    long requests() {
        return byStatus.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Returns the number of answers of each status, as text. */
    String statuses() {
        return new TreeMap<>(byStatus).toString();
    }

    /** Returns how many answers were not as they must be. */
    long wrong() {
        return wrong.sum();
    }

    /** Returns some of the wrong answers. */
    Iterable<String> examples() {
        return examples;
    }

    /** A visitor who checks the status of each answer. */
    final class Guest {

        private final Browser browser;

        Guest(String userAgent) {
            this.browser = new Browser(userAgent);
        }

        /** Opens a page that must be answered with one of two statuses. */
        HttpResponse<String> open(String target, int status, int orStatus) throws IOException, InterruptedException {
            return count(browser.open(shop.resolve(target)), status, orStatus);
        }

        /** Fills the form of a page, which must redirect. */
        void submit(String target, Map<String, String> fields) throws IOException, InterruptedException {
            count(browser.submit(shop.resolve(target), fields), 302, 302);
        }

        void plant(String cookie, String value) {
            browser.plant(shop, cookie, value);
        }

        private HttpResponse<String> count(HttpResponse<String> response, int status, int orStatus) {
            byStatus.computeIfAbsent(response.statusCode(), absent -> new LongAdder())
                    .increment();
            if (response.statusCode() != status && response.statusCode() != orStatus) {
                report(response.statusCode() + " to " + response.request().method() + " " + response.uri());
            }
            return response;
        }

        private void land(Link link) throws IOException, InterruptedException {
            HttpResponse<String> landing = open("/pricing?" + sandbox.follow(link.path()), 302, 302);
            if (landing.headers().firstValue("Set-Cookie").isEmpty()) {
                report("a landing without a cookie");
            }
        }

        private void signUp(String email) throws IOException, InterruptedException {
            submit("/signup", Map.of("email", email, "name", "Kim", "password", PASSWORD));
            open("/account", 200, 200);
            recent.add(new Recent(email, System.nanoTime()));
            if (recent.size() > 100) {
                recent.poll();
            }
        }
    }

    /**
     * Malformed parameters and cookies, as far as a client can send them. Each must be answered with a page. Two long values
     * and a long cookie are less than the 8 KB of header that Tomcat accepts.
     */
    private static final class Garbage {

        private static final List<String> VALUES = List.of(
                "",
                "%00",
                "%ff%fe",
                "%e2%82",
                "%2525%252e",
                "..%2f..%2fetc%2fpasswd",
                "%0d%0aSet-Cookie:%20a=b",
                "%3Cscript%3Ealert(1)%3C/script%3E",
                "'%20OR%201=1--",
                "=%3D;%3B,%2C",
                "%F0%9F%8E%89",
                "x".repeat(2_000));

        private static final List<String> NAMES = List.of("irw_id", "refp_id", "dub_id", "aff", "atp", "via", "ref");

        private static final List<String> COOKIES = List.of(
                "_introw_aff", "refp_id", "dub_id", "affitor_click_id", "affonso_referral", "_reftrail_affonso");

        private static final List<String> COOKIE_VALUES = List.of(
                "", "=", "%00", "%zz", "\"", "\"unclosed", "a=b=c", "x".repeat(1_000), "1.2.3.4.5", "-1.deadbeef");

        static void send(Guest guest, Random random) throws IOException, InterruptedException {
            guest.plant(pick(COOKIES, random), pick(COOKIE_VALUES, random));
            String query = pick(NAMES, random) + "=" + pick(VALUES, random) + "&&=&" + pick(NAMES, random) + "="
                    + pick(VALUES, random);
            guest.open("/pricing?" + query, 200, 302);
            guest.plant(pick(COOKIES, random), pick(COOKIE_VALUES, random));
            guest.open("/pricing", 200, 200);
            guest.open("/no-such-page?" + pick(NAMES, random) + "=" + pick(VALUES, random), 302, 404);
            guest.open("/no-such-page", 404, 404);
        }

        private static String pick(List<String> from, Random random) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
