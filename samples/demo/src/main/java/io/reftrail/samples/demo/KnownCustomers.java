package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sign-ins that are no lead, by each route. Is walked after {@link NewCustomers}, whose customers come again. */
final class KnownCustomers {

    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;

    KnownCustomers(RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    /** Signs in. */
    @FunctionalInterface
    private interface SignIn {
        AccountPage enter(WaysIn ways) throws IOException, InterruptedException, StepFailure;
    }

    void walk() throws IOException, InterruptedException, StepFailure {
        remembered();
        older("form login", "/go/mia", ways -> ways.form("ada@example.org", "password"));
        older("OpenID Connect", "/d/mia", ways -> ways.keyring("ada"));
        older("one-time token", "/r/mia", ways -> ways.link("ada@example.org"));
        again("OpenID Connect first, then token", ways -> ways.keyring("kim"), ways -> ways.link("kim@example.org"));
        again(
                "sign-up first, then token",
                ways -> ways.form("lea@example.org", WaysIn.PASSWORD),
                ways -> ways.link("lea@example.org"));
        withoutPartner("sign-up", ways -> ways.signUp("max@example.org", "Max"));
        withoutPartner("OpenID Connect", ways -> ways.keyring("sam"));
        withoutPartner("one-time token", ways -> ways.link("ines@example.org"));
    }

    private void remembered() throws IOException, InterruptedException, StepFailure {
        steps.step("no lead: a remembered device comes back", () -> {
            Visitor visitor = new Visitor();
            WaysIn ways = new WaysIn(demo.shop(), visitor);
            AccountPage before = ways.formAndStay("tom@example.org", WaysIn.PASSWORD);
            visitor.restart();
            PartnerClick click = PartnerClick.follow(visitor, demo.sandbox(), "/go/mia", demo.shop());
            AccountPage account = ways.none();
            require(account.number().equals(before.number()), "it is somebody else");
            require(!account.route().equals(before.route()), "signed in " + account.route());
            return notReported(visitor, click, account);
        });
    }

    /** Ada, who was a customer before any click. She has not come without one, so that the ledger does not know her. */
    private void older(String route, String link, SignIn signIn) throws IOException, InterruptedException, StepFailure {
        steps.step("no lead: old customer, " + route, () -> {
            Visitor visitor = new Visitor();
            PartnerClick click = PartnerClick.follow(visitor, demo.sandbox(), link, demo.shop());
            AccountPage account = signIn.enter(new WaysIn(demo.shop(), visitor));
            require(account.isAdas(), "it is customer " + account.number());
            return notReported(visitor, click, account);
        });
    }

    private void again(String routes, SignIn first, SignIn second)
            throws IOException, InterruptedException, StepFailure {
        steps.step("no second lead: " + routes, () -> {
            AccountPage known = first.enter(new WaysIn(demo.shop(), new Visitor()));
            Visitor visitor = new Visitor();
            PartnerClick click = PartnerClick.follow(visitor, demo.sandbox(), "/d/leo", demo.shop());
            AccountPage account = second.enter(new WaysIn(demo.shop(), visitor));
            require(account.number().equals(known.number()), "it is another customer");
            long leads = leadsOf(account).stream().filter(Sandbox::isRecorded).count();
            require(leads == 1, leads + " leads of this customer");
            return "the same customer; " + notReported(visitor, click, account);
        });
    }

    private void withoutPartner(String route, SignIn signIn) throws IOException, InterruptedException, StepFailure {
        steps.step("no lead: no partner, " + route, () -> {
            AccountPage account = signIn.enter(new WaysIn(demo.shop(), new Visitor()));
            List<JsonNode> leads = leadsOf(account);
            require(leads.isEmpty(), "reported: " + leads);
            return "signed in %s, %d leads".formatted(account.route(), leads.size());
        });
    }

    /** A lead would have taken the cookies at once; what the backend is told comes later, and is looked at in the end. */
    private String notReported(Visitor visitor, PartnerClick click, AccountPage account)
            throws IOException, InterruptedException, StepFailure {
        List<String> cookies = visitor.attributionCookies();
        require(!cookies.isEmpty(), "the cookies are gone");
        List<JsonNode> leads = sandbox.leadCalls(click.id());
        require(leads.isEmpty(), "reported: " + leads);
        return "signed in %s, %d leads of the click, cookies %s".formatted(account.route(), leads.size(), cookies);
    }

    private List<JsonNode> leadsOf(AccountPage account) throws IOException, InterruptedException {
        return sandbox.calls("lead").stream()
                .filter(call -> call.path("customer").asString("").equals(account.number()))
                .toList();
    }
}
