package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Browser.location;
import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** From a partner's link to a lead, a sale and a refund at the backend, for one vendor. */
final class VendorJourney {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vendor vendor;
    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;
    private final Browser browser = new Browser();
    private final String email;

    VendorJourney(Vendor vendor, RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.vendor = vendor;
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
        this.email = vendor.name() + "@example.org";
    }

    /**
     * A vendor, as seen from outside.
     *
     * @param name the backend's name
     * @param link the path of a partner's link
     * @param parameter the query parameter of the landing page's address
     * @param cookie the cookie that keeps the click
     * @param exchanged whether the parameter carries a code that the vendor exchanges for a click id
     * @param receives the kinds of events that the vendor receives, from the shop or from the payment provider
     */
    record Vendor(String name, String link, String parameter, String cookie, boolean exchanged, Set<String> receives) {

        private static final Set<String> EVERYTHING = Set.of("click", "lead", "sale", "refund");

        /** All eleven. Introw takes one conversion for each click, which is the sign-up; Affihub takes no leads. */
        static final List<Vendor> ALL = List.of(
                new Vendor("introw", "/r/nora", "irw_id", "_introw_aff", false, Set.of("lead")),
                new Vendor("refport", "/go/leo", "refp_id", "refp_id", false, Set.of("lead", "sale")),
                new Vendor("dub", "/d/mia", "dub_id", "dub_id", false, Set.of("lead", "sale")),
                new Vendor("affitor", "/affitor/links/nora", "aff", "affitor_click_id", true, EVERYTHING),
                new Vendor(
                        "affonso",
                        "/affonso/links/leo",
                        "atp",
                        "affonso_referral",
                        true,
                        Set.of("click", "lead", "sale", "refund", "trial")),
                new Vendor("affihub", "/affihub/links/mia", "ref", "affihub_ref", false, Set.of("click", "sale")),
                new Vendor(
                        "firstpromoter",
                        "/firstpromoter/links/nora",
                        "fpr",
                        "_fprom_ref",
                        false,
                        Set.of("lead", "sale", "refund", "cancellation")),
                new Vendor("tolt", "/tolt/links/leo", "tref", "tolt_click", true, EVERYTHING),
                new Vendor(
                        "rewardful",
                        "/rewardful/links/mia",
                        "referral",
                        "rewardful_referral",
                        false,
                        Set.of("lead", "sale", "refund")),
                new Vendor(
                        "tapfiliate",
                        "/tapfiliate/links/nora",
                        "tapref",
                        "tapfiliate_click",
                        true,
                        Set.of("click", "lead", "sale")),
                new Vendor(
                        "everflow",
                        "/everflow/links/leo",
                        "_ef_transaction_id",
                        "everflow_transaction",
                        false,
                        Set.of("lead", "sale")));

        /** Returns the cookie that the landing sets. */
        String landingCookie() {
            return exchanged ? "_reftrail_" + name : cookie;
        }
    }

    /** Returns how long the lead took to arrive, or {@code null} if the vendor receives no leads. */
    @Nullable
    Duration walk() throws IOException, InterruptedException, Steps.Failure {
        URI landing = follow();
        land(landing);
        if (vendor.receives().contains("click")) {
            awaitRecorded("click", "the landing is counted", System.nanoTime());
        }
        if (vendor.exchanged()) {
            receiveClickId();
        }
        long signedUpAt = signUp();
        Duration delay = vendor.receives().contains("lead")
                ? awaitRecorded("lead", "the lead is at the backend", signedUpAt)
                : null;
        signInAgain(landing);
        buy();
        return delay;
    }

    private URI follow() throws IOException, InterruptedException, Steps.Failure {
        URI[] landing = new URI[1];
        step("a partner's link leads to the shop", () -> {
            HttpResponse<String> redirect =
                    browser.open(demo.sandbox().resolve(vendor.link() + "?to=/pricing%3Fplan%3Dpro"));
            landing[0] = location(redirect);
            String query = "&" + landing[0].getRawQuery();
            require(query.contains("&" + vendor.parameter() + "="), "no " + vendor.parameter() + " in " + landing[0]);
            return redirect.statusCode() + " with " + vendor.parameter();
        });
        return landing[0];
    }

    private void land(URI landing) throws IOException, InterruptedException, Steps.Failure {
        step("landing redirects to the clean URL", () -> {
            HttpResponse<String> redirect = browser.open(landing);
            URI clean = location(redirect);
            require(redirect.statusCode() == 302, "status " + redirect.statusCode());
            require(clean.equals(demo.shop().resolve("/pricing?plan=pro")), clean.toString());
            String cacheControl = redirect.headers().firstValue("Cache-Control").orElse("");
            require(cacheControl.contains("no-store"), "Cache-Control: " + cacheControl);
            List<String> cookies = browser.attributionCookies();
            require(cookies.contains(vendor.landingCookie()), "of the cookies only " + cookies);
            require(browser.open(clean).statusCode() == 200, "the clean page is not there");
            return "302, no-store, cookies " + cookies;
        });
    }

    private void receiveClickId() throws IOException, InterruptedException, Steps.Failure {
        step("a later page sets the click id's cookie", () -> {
            long start = System.nanoTime();
            int pages = 0;
            while (!browser.has(vendor.cookie())) {
                browser.open(demo.shop());
                pages++;
                require(System.nanoTime() - start < PATIENCE.toNanos(), "nothing within " + PATIENCE);
            }
            return "after " + pages + " more pages, cookies " + browser.attributionCookies();
        });
    }

    private long signUp() throws IOException, InterruptedException, Steps.Failure {
        long[] at = new long[1];
        step("sign-up signs in and expires the cookie", () -> {
            ShopPages.Account account = new ShopPages(demo.shop(), browser).signUp(email, "Kim");
            at[0] = System.nanoTime();
            List<String> left = browser.attributionCookies();
            require(left.isEmpty(), "still there: " + left);
            return "signed in " + account.route() + ", no attribution cookie left";
        });
        return at[0];
    }

    /** Signs in again, from a new browser that has followed the same link. */
    private void signInAgain(URI landing) throws IOException, InterruptedException, Steps.Failure {
        step("a second sign-in reports nothing", () -> {
            int before = sandbox.calls(vendor.name(), "lead").size();
            Browser again = new Browser();
            again.open(landing);
            new ShopPages(demo.shop(), again).form(email, ShopPages.PASSWORD);
            List<JsonNode> after = sandbox.calls(vendor.name(), "lead");
            long leads = after.stream().filter(Sandbox::isRecorded).count();
            long expected = vendor.receives().contains("lead") ? 1 : 0;
            require(before == after.size() && leads == expected, after.toString());
            return "signed in through the link again, leads so far: " + leads;
        });
    }

    private void buy() throws IOException, InterruptedException, Steps.Failure {
        if (vendor.receives().contains("sale")) {
            new ShopPages(demo.shop(), browser).buy(email);
            awaitRecorded("sale", "the payment is at the backend", System.nanoTime());
        }
        if (vendor.receives().contains("refund")) {
            location(browser.submit(demo.shop().resolve("/account"), demo.shop().resolve("/account/refund"), Map.of()));
            awaitRecorded("refund", "the refund is at the backend", System.nanoTime());
        }
    }

    /** Waits until the vendor has recorded one event of a kind, and returns how long that was after the start. */
    private Duration awaitRecorded(String kind, String name, long start)
            throws IOException, InterruptedException, Steps.Failure {
        Duration[] waited = new Duration[1];
        step(name, () -> {
            JsonNode call = sandbox.await(vendor.name(), kind, 1, start, PATIENCE);
            waited[0] = Duration.ofNanos(System.nanoTime() - start);
            String partner = Sandbox.text(call, "partner");
            require(vendor.link().endsWith("/" + partner), "credited to '" + partner + "'");
            return "credited to " + partner + ", seen after " + waited[0].toMillis() + " ms";
        });
        return waited[0];
    }

    private void step(String name, Steps.Step step) throws IOException, InterruptedException, Steps.Failure {
        steps.step(vendor.name() + ": " + name, step);
    }
}
