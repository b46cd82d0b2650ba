package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** From a partner's link to a lead at the backend and a second sign-in that reports nothing, for one vendor. */
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

    /**
     * How one vendor's links look.
     *
     * @param name the backend's name
     * @param link the path of a partner's link
     * @param parameter the query parameter that carries the click id
     * @param cookie the cookie that keeps it
     */
    record Vendor(String name, String link, String parameter, String cookie) {}

    /** Returns how long the lead took to arrive. */
    Duration walk() throws IOException, InterruptedException, StepFailure {
        String[] clickId = new String[1];
        URI[] landing = new URI[1];
        long[] signedUpAt = new long[1];
        Duration[] delay = new Duration[1];
        step("a partner's link leads to the shop", () -> {
            HttpResponse<String> redirect =
                    visitor.open(demo.sandbox().resolve(vendor.link() + "?to=/pricing%3Fplan%3Dpro"));
            landing[0] = location(redirect);
            String marker = "&" + vendor.parameter() + "=";
            String query = "&" + landing[0].getRawQuery();
            require(query.contains(marker), "no " + vendor.parameter() + " in " + landing[0]);
            clickId[0] = query.substring(query.indexOf(marker) + marker.length());
            return redirect.statusCode() + " with " + vendor.parameter();
        });
        step("landing redirects to the clean URL", () -> {
            HttpResponse<String> redirect = visitor.open(landing[0]);
            URI clean = location(redirect);
            require(redirect.statusCode() == 302, "status " + redirect.statusCode());
            require(clean.equals(demo.shop().resolve("/pricing?plan=pro")), clean.toString());
            String cacheControl = redirect.headers().firstValue("Cache-Control").orElse("");
            require(cacheControl.contains("no-store"), "Cache-Control: " + cacheControl);
            require(visitor.attributionCookies().contains(vendor.cookie()), "no cookie " + vendor.cookie());
            require(visitor.open(clean).statusCode() == 200, "the clean page is not there");
            return "302, no-store, cookies " + visitor.attributionCookies();
        });
        step("sign-up signs in and expires the cookie", () -> {
            HttpResponse<String> signedUp = visitor.submit(
                    demo.shop().resolve("/signup"), Map.of("email", email, "name", "Kim", "password", "secret"));
            signedUpAt[0] = System.nanoTime();
            require(signedUp.statusCode() == 302, "status " + signedUp.statusCode());
            HttpResponse<String> account = visitor.open(demo.shop().resolve("/account"));
            require(account.body().contains("Welcome"), "the account page answers " + account.statusCode());
            require(visitor.attributionCookies().isEmpty(), "still there: " + visitor.attributionCookies());
            return "signed in, no attribution cookie left";
        });
        step("the lead is at the backend", () -> {
            delay[0] = awaitLead(sandbox, clickId[0], signedUpAt[0], PATIENCE);
            return "seen " + delay[0].toMillis() + " ms after the sign-up";
        });
        step("a second sign-in reports nothing", () -> {
            signInAgain(landing[0]);
            List<JsonNode> calls = sandbox.leadCalls(clickId[0]);
            require(calls.size() == 1, calls.size() + " calls");
            return "signed in through the link again, still one lead";
        });
        return delay[0];
    }

    private void step(String name, Steps.Step step) throws IOException, InterruptedException, StepFailure {
        steps.step(vendor.name() + ": " + name, step);
    }

    /** Another sign-in, from a fresh browser that has followed the same link. */
    private void signInAgain(URI landing) throws IOException, InterruptedException, StepFailure {
        Visitor again = new Visitor();
        again.open(landing);
        HttpResponse<String> signedIn =
                again.submit(demo.shop().resolve("/login"), Map.of("username", email, "password", "secret"));
        require(location(signedIn).getPath().equals("/account"), "sign-in leads to " + location(signedIn));
    }

    /** Waits until the backend has recorded the lead and returns how long that was after the start. */
    static Duration awaitLead(Sandbox sandbox, String clickId, long start, Duration within)
            throws IOException, InterruptedException, StepFailure {
        while (true) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            List<JsonNode> recorded = sandbox.leadCalls(clickId).stream()
                    .filter(call -> call.path("verdict").asString("").equals("recorded"))
                    .toList();
            if (!recorded.isEmpty()) {
                return waited;
            }
            require(waited.compareTo(within) < 0, "nothing within " + within);
            Thread.onSpinWait();
        }
    }

    static URI location(HttpResponse<?> response) throws StepFailure {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new StepFailure("no redirect but status " + response.statusCode()));
        return response.uri().resolve(location);
    }
}
