package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sign-ins while something around them is broken: each succeeds, and the lead follows when it can. */
final class BrokenParts {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningDemo demo;
    private final TroubledShop shop;
    private final Sandbox sandbox;
    private final Steps steps;

    BrokenParts(RunningDemo demo, TroubledShop shop, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.shop = shop;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    /** What happens to the shop. */
    @FunctionalInterface
    private interface Event {
        void happen() throws IOException, InterruptedException;
    }

    /** Ends on the account page, or throws. */
    @FunctionalInterface
    private interface SignIn {
        AccountPage enter() throws IOException, InterruptedException, StepFailure;
    }

    void walk() throws IOException, InterruptedException, StepFailure {
        shop.awaitReady();
        listener();
        laterLead(
                "signed in all the same: a resolver throws",
                "resolver",
                () -> shop.breakPart("resolver"),
                () -> shop.mend("resolver"));
        laterLead(
                "signed in all the same: the ledger is down",
                "ledger",
                () -> shop.ledger().stop(),
                () -> shop.ledger().startAgain());
    }

    private void listener() throws IOException, InterruptedException, StepFailure {
        steps.step("signed in all the same: a lead listener throws", () -> {
            shop.breakPart("listener");
            Visitor visitor = new Visitor();
            PartnerClick click = PartnerClick.follow(visitor, demo.sandbox(), "/d/nora", shop.address());
            new WaysIn(shop.address(), visitor).signUp("listener@example.org", "Listener");
            shop.mend("listener");
            long failures = shop.log()
                    .lines()
                    .filter(line -> line.contains("A lead listener failed"))
                    .count();
            require(failures > 0, "it has not failed");
            require(visitor.attributionCookies().isEmpty(), "still there: " + visitor.attributionCookies());
            JsonNode lead = sandbox.awaitLead(click.id(), PATIENCE);
            return "signed up, failures of the listener: %d, reported for %s"
                    .formatted(failures, lead.path("partner").asString(""));
        });
    }

    /** The cookie waits for the next sign-in. */
    private void laterLead(String name, String customer, Event breaks, Event isMended)
            throws IOException, InterruptedException, StepFailure {
        steps.step(name, () -> {
            String email = customer + "@example.org";
            Visitor visitor = new Visitor();
            WaysIn ways = new WaysIn(shop.address(), visitor);
            PartnerClick click = PartnerClick.follow(visitor, demo.sandbox(), "/d/leo", shop.address());
            breaks.happen();
            long signUp = millis(() -> ways.signUp(email, customer));
            visitor.restart();
            long form = millis(() -> ways.form(email, WaysIn.PASSWORD));
            List<String> kept = visitor.attributionCookies();
            require(!kept.isEmpty(), "the cookies are gone");
            require(sandbox.leadCalls(click.id()).isEmpty(), "reported all the same");
            isMended.happen();
            visitor.restart();
            ways.form(email, WaysIn.PASSWORD);
            require(visitor.attributionCookies().isEmpty(), "still there: " + visitor.attributionCookies());
            JsonNode lead = sandbox.awaitLead(click.id(), PATIENCE);
            return "signed up in %d ms, in again in %d ms, cookies %s kept; mended, reported for %s"
                    .formatted(signUp, form, kept, lead.path("partner").asString(""));
        });
    }

    /** How long it takes to sign in. */
    private static long millis(SignIn signIn) throws IOException, InterruptedException, StepFailure {
        long start = System.nanoTime();
        signIn.enter();
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
