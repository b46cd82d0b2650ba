package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;
import static io.reftrail.samples.demo.Visitor.location;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** From a partner's link to a lead, a sale and a refund at the backend, for one vendor. */
final class Journey {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vendor vendor;
    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;
    private final Visitor visitor = new Visitor();
    private final String email;

    Journey(Vendor vendor, RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.vendor = vendor;
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
        this.email = vendor.name() + "@example.org";
    }

    /** Returns how long the lead took to arrive, or {@code null} if the vendor is told of no leads. */
    @Nullable
    Duration walk() throws IOException, InterruptedException, StepFailure {
        URI landing = follow();
        land(landing);
        if (vendor.isTold("click")) {
            told("click", "the landing is counted", System.nanoTime());
        }
        if (vendor.exchanged()) {
            takeHome();
        }
        long signedUpAt = signUp();
        Duration delay = vendor.isTold("lead") ? told("lead", "the lead is at the backend", signedUpAt) : null;
        again(landing);
        buy();
        return delay;
    }

    private URI follow() throws IOException, InterruptedException, StepFailure {
        URI[] landing = new URI[1];
        step("a partner's link leads to the shop", () -> {
            HttpResponse<String> redirect =
                    visitor.open(demo.sandbox().resolve(vendor.link() + "?to=/pricing%3Fplan%3Dpro"));
            landing[0] = location(redirect);
            String query = "&" + landing[0].getRawQuery();
            require(query.contains("&" + vendor.parameter() + "="), "no " + vendor.parameter() + " in " + landing[0]);
            return redirect.statusCode() + " with " + vendor.parameter();
        });
        return landing[0];
    }

    private void land(URI landing) throws IOException, InterruptedException, StepFailure {
        step("landing redirects to the clean URL", () -> {
            HttpResponse<String> redirect = visitor.open(landing);
            URI clean = location(redirect);
            require(redirect.statusCode() == 302, "status " + redirect.statusCode());
            require(clean.equals(demo.shop().resolve("/pricing?plan=pro")), clean.toString());
            String cacheControl = redirect.headers().firstValue("Cache-Control").orElse("");
            require(cacheControl.contains("no-store"), "Cache-Control: " + cacheControl);
            List<String> cookies = visitor.attributionCookies();
            require(cookies.contains(vendor.landingCookie()), "of the cookies only " + cookies);
            require(visitor.open(clean).statusCode() == 200, "the clean page is not there");
            return "302, no-store, cookies " + cookies;
        });
    }

    private void takeHome() throws IOException, InterruptedException, StepFailure {
        step("a later page brings the click id home", () -> {
            long start = System.nanoTime();
            int pages = 0;
            while (!visitor.attributionCookies().contains(vendor.cookie())) {
                visitor.open(demo.shop());
                pages++;
                require(System.nanoTime() - start < PATIENCE.toNanos(), "nothing within " + PATIENCE);
            }
            return "after " + pages + " more pages, cookies " + visitor.attributionCookies();
        });
    }

    private long signUp() throws IOException, InterruptedException, StepFailure {
        long[] at = new long[1];
        step("sign-up signs in and expires the cookie", () -> {
            AccountPage account = new WaysIn(demo.shop(), visitor).signUp(email, "Kim");
            at[0] = System.nanoTime();
            require(visitor.attributionCookies().isEmpty(), "still there: " + visitor.attributionCookies());
            return "signed in " + account.route() + ", no attribution cookie left";
        });
        return at[0];
    }

    /** Another sign-in, from a fresh browser that has followed the same link. */
    private void again(URI landing) throws IOException, InterruptedException, StepFailure {
        step("a second sign-in reports nothing", () -> {
            int before = sandbox.calls(vendor.name(), "lead").size();
            Visitor again = new Visitor();
            again.open(landing);
            new WaysIn(demo.shop(), again).form(email, WaysIn.PASSWORD);
            List<JsonNode> after = sandbox.calls(vendor.name(), "lead");
            long leads = after.stream().filter(Sandbox::isRecorded).count();
            require(before == after.size() && leads == (vendor.isTold("lead") ? 1 : 0), after.toString());
            return "signed in through the link again, leads so far: " + leads;
        });
    }

    private void buy() throws IOException, InterruptedException, StepFailure {
        if (vendor.isTold("sale")) {
            pay("/account/buy");
            told("sale", "what the customer pays is at the backend", System.nanoTime());
        }
        if (vendor.isTold("refund")) {
            pay("/account/refund");
            told("refund", "what the customer is given back too", System.nanoTime());
        }
    }

    private void pay(String action) throws IOException, InterruptedException, StepFailure {
        location(visitor.submit(demo.shop().resolve("/account"), demo.shop().resolve(action), Map.of()));
    }

    /** Waits until the vendor has recorded one event of a kind, and returns how long that was after the start. */
    private Duration told(String kind, String name, long start) throws IOException, InterruptedException, StepFailure {
        Duration[] waited = new Duration[1];
        step(name, () -> {
            JsonNode call = sandbox.await(vendor.name(), kind, 1, start, PATIENCE);
            waited[0] = Duration.ofNanos(System.nanoTime() - start);
            String partner = call.path("partner").asString("");
            require(vendor.link().endsWith("/" + partner), "credited to '" + partner + "'");
            return "credited to " + partner + ", seen after " + waited[0].toMillis() + " ms";
        });
        return waited[0];
    }

    private void step(String name, Steps.Step step) throws IOException, InterruptedException, StepFailure {
        steps.step(vendor.name() + ": " + name, step);
    }
}
