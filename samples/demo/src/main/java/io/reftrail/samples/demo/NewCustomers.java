package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Customers whom a partner has brought, by each route: one lead for each. */
final class NewCustomers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;

    NewCustomers(RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    /** Becomes a customer. */
    @FunctionalInterface
    private interface Arrival {
        AccountPage enter(WaysIn ways) throws IOException, InterruptedException, StepFailure;
    }

    void walk() throws IOException, InterruptedException, StepFailure {
        lead("sign-up", "/go/nora", ways -> ways.signUp("lea@example.org", "Lea"));
        lead("form login, signed up elsewhere", "/d/nora", ways -> {
            new WaysIn(demo.shop(), new Visitor()).signUp("tom@example.org", "Tom");
            return ways.form("tom@example.org", WaysIn.PASSWORD);
        });
        lead("first OpenID Connect login", "/go/leo", ways -> ways.keyring("kim"));
        lead("first one-time token", "/d/leo", ways -> ways.link("noor@example.org"));
        unverified();
    }

    private void lead(String route, String link, Arrival arrival)
            throws IOException, InterruptedException, StepFailure {
        steps.step("one lead: " + route, () -> {
            Visitor visitor = new Visitor();
            PartnerClick click = PartnerClick.follow(visitor, demo.sandbox(), link, demo.shop());
            AccountPage account = arrival.enter(new WaysIn(demo.shop(), visitor));
            JsonNode lead = lead(visitor, click, account);
            String email = lead.path("email").asString("");
            require(email.equals(masked(account.email())), "reported with the address " + email);
            return "signed in %s, reported for %s with %s".formatted(account.route(), click.partner(), email);
        });
    }

    /** Somebody who says that her address is Ada's. */
    private void unverified() throws IOException, InterruptedException, StepFailure {
        steps.step("one lead, no address: e-mail not verified", () -> {
            Visitor visitor = new Visitor();
            PartnerClick click = PartnerClick.follow(visitor, demo.sandbox(), "/d/mia", demo.shop());
            AccountPage account = new WaysIn(demo.shop(), visitor).keyring("mallory");
            require(!account.isAdas(), "she is in Ada's account");
            JsonNode lead = lead(visitor, click, account);
            require(lead.path("email").isNull(), "reported with the address " + lead.path("email"));
            return "signed in %s, in an account of her own; reported for %s with no address"
                    .formatted(account.route(), click.partner());
        });
    }

    private JsonNode lead(Visitor visitor, PartnerClick click, AccountPage account)
            throws IOException, InterruptedException, StepFailure {
        require(visitor.attributionCookies().isEmpty(), "still there: " + visitor.attributionCookies());
        JsonNode lead = sandbox.awaitLead(click.id(), PATIENCE);
        require(lead.path("partner").asString("").equals(click.partner()), "credited to " + lead.path("partner"));
        require(lead.path("customer").asString("").equals(account.number()), "it is of " + lead.path("customer"));
        return lead;
    }

    private static String masked(String email) {
        return email.charAt(0) + "***" + email.substring(email.indexOf('@'));
    }
}
