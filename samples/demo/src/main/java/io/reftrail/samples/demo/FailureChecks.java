package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import io.reftrail.samples.demo.ShopPages.Click;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sign-ups and sign-ins while something is broken: each succeeds, and the lead follows when it can. */
final class FailureChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningDemo demo;
    private final TroubledShop shop;
    private final Sandbox sandbox;
    private final Steps steps;

    FailureChecks(RunningDemo demo, TroubledShop shop, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.shop = shop;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    private ShopPages newVisitor() {
        return new ShopPages(shop.address(), new Browser());
    }

    /** Breaks one part of the shop after the other, and mends it. */
    void brokenParts() throws IOException, InterruptedException, Steps.Failure {
        shop.awaitReady();
        brokenListener();
        laterLead(
                "signed in all the same: a resolver throws",
                "resolver",
                () -> shop.breakPart("resolver"),
                () -> shop.mend("resolver"));
        laterLead("signed in all the same: the ledger is down", "ledger", shop::stopLedger, shop::startLedger);
    }

    private void brokenListener() throws IOException, InterruptedException, Steps.Failure {
        steps.step("signed in all the same: a lead listener throws", () -> {
            shop.breakPart("listener");
            ShopPages pages = newVisitor();
            Click click = pages.follow(demo.sandbox(), "/d/nora");
            pages.signUp("listener@example.org", "Listener");
            shop.mend("listener");
            long failures = shop.listenerFailures();
            require(failures > 0, "it has not failed");
            List<String> left = pages.browser().attributionCookies();
            require(left.isEmpty(), "still there: " + left);
            JsonNode lead = sandbox.awaitLead(click.id(), PATIENCE);
            return "signed up, failures of the listener: %d, reported for %s"
                    .formatted(failures, Sandbox.text(lead, "partner"));
        });
    }

    /** A change of the shop. */
    @FunctionalInterface
    private interface Change {
        void happen() throws IOException, InterruptedException;
    }

    /** The cookie stays until a later sign-in. */
    private void laterLead(String name, String customer, Change breaks, Change mends)
            throws IOException, InterruptedException, Steps.Failure {
        steps.step(name, () -> {
            String email = customer + "@example.org";
            ShopPages pages = newVisitor();
            Click click = pages.follow(demo.sandbox(), "/d/leo");
            breaks.happen();
            long start = System.nanoTime();
            pages.signUp(email, customer);
            long signUp = millisSince(start);
            pages.browser().restart();
            start = System.nanoTime();
            pages.form(email, ShopPages.PASSWORD);
            long form = millisSince(start);
            List<String> kept = pages.browser().attributionCookies();
            require(!kept.isEmpty(), "the cookies are gone");
            require(sandbox.leadCalls(click.id()).isEmpty(), "reported all the same");
            mends.happen();
            pages.browser().restart();
            pages.form(email, ShopPages.PASSWORD);
            List<String> left = pages.browser().attributionCookies();
            require(left.isEmpty(), "still there: " + left);
            JsonNode lead = sandbox.awaitLead(click.id(), PATIENCE);
            return "signed up in %d ms, in again in %d ms, cookies %s kept; mended, reported for %s"
                    .formatted(signUp, form, kept, Sandbox.text(lead, "partner"));
        });
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** A vendor whose calls fail in four ways while a customer signs up. The lead is checked later. */
    static final class Outage {

        private static final List<String> FAULTS = List.of(
                "\"kind\":\"hang\",\"seconds\":5",
                "\"kind\":\"status\",\"status\":500",
                "\"kind\":\"reset\"",
                "\"kind\":\"html\"");

        private static final Duration LEAD_WITHIN = Duration.ofSeconds(40);

        private final String vendor;
        private final String endpoint;
        private final String link;
        private Instant signedUpAt = Instant.EPOCH;

        /** @param endpoint the vendor's calls that fail */
        Outage(String vendor, String endpoint, String link) {
            this.vendor = vendor;
            this.endpoint = endpoint;
            this.link = link;
        }
    }

    void begin(Outage outage) throws IOException, InterruptedException, Steps.Failure {
        steps.step("a sign-up while " + outage.vendor + "'s " + outage.endpoint + "s fail", () -> {
            for (String fault : Outage.FAULTS) {
                sandbox.fail("{\"vendor\":\"%s\",\"endpoint\":\"%s\",\"count\":1,%s}"
                        .formatted(outage.vendor, outage.endpoint, fault));
            }
            Browser browser = new Browser();
            long start = System.nanoTime();
            browser.open(Browser.location(browser.open(demo.sandbox().resolve(outage.link))));
            browser.submit(
                    demo.shop().resolve("/signup"),
                    Map.of("email", outage.vendor + "-late@example.org", "name", "Late", "password", "secret"));
            outage.signedUpAt = Instant.now();
            long waited = millisSince(start);
            require(waited < 5_000, "it took " + waited + " ms");
            return "hang, 500, reset, HTML: click and sign-up in " + waited + " ms";
        });
    }

    /** Waits for the lead: no other customer of the vendor comes by this partner's link. */
    void end(Outage outage) throws IOException, InterruptedException, Steps.Failure {
        steps.step("the lead survives " + outage.vendor + "'s trouble", () -> {
            String partner = outage.link.substring(outage.link.lastIndexOf('/') + 1);
            JsonNode lead = sandbox.awaitLead(outage.vendor, partner, Outage.LEAD_WITHIN);
            Instant recordedAt = Instant.parse(Sandbox.text(lead, "at"));
            return "recorded %d ms after the sign-up, for %s"
                    .formatted(Duration.between(outage.signedUpAt, recordedAt).toMillis(), partner);
        });
    }
}
