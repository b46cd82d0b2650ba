package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Sandbox.text;
import static io.reftrail.samples.demo.Steps.require;

import io.reftrail.samples.demo.ShopPages.Account;
import io.reftrail.samples.demo.ShopPages.Click;
import io.reftrail.samples.demo.ShopPages.SignIn;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sign-ins by each route: those that are reported as one lead, and those that are not reported. */
final class SignInChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;

    SignInChecks(RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    private ShopPages newVisitor() {
        return new ShopPages(demo.shop(), new Browser());
    }

    /** New customers who were referred by a partner: one lead each. */
    void newCustomers() throws IOException, InterruptedException, Steps.Failure {
        lead("sign-up", "/go/nora", pages -> pages.signUp("lea@example.org", "Lea"));
        lead("form login, signed up elsewhere", "/d/nora", pages -> {
            newVisitor().signUp("tom@example.org", "Tom");
            return pages.form("tom@example.org", ShopPages.PASSWORD);
        });
        lead("first OpenID Connect login", "/go/leo", pages -> pages.keyring("kim"));
        lead("first one-time token", "/d/leo", pages -> pages.link("noor@example.org"));
        unverified();
        selfReferral();
    }

    /** The shop knows the address of its partner, and its property says that she does not refer herself. */
    private void selfReferral() throws IOException, InterruptedException, Steps.Failure {
        steps.step("no lead: a partner by her own link", () -> {
            ShopPages pages = newVisitor();
            pages.follow(demo.sandbox(), "/affonso/links/nora");
            Account account = pages.signUp("nora@example.org", "Nora");
            List<String> left = pages.browser().attributionCookies();
            require(left.isEmpty(), "still there: " + left);
            List<JsonNode> leads = leadsOf(account);
            require(leads.isEmpty(), "reported: " + leads);
            HttpResponse<String> state = new Browser()
                    .fetch(HttpRequest.newBuilder(demo.shop().resolve("/actuator/reftrail"))
                            .header("Authorization", ConsoleChecks.OPERATOR));
            JsonNode withheld =
                    JsonMapper.shared().readTree(state.body()).path("withheld").path(0);
            require(
                    text(withheld, "state").equals("DECLINED")
                            && text(withheld, "reason").equals("self-referral")
                            && text(withheld, "backend").equals("affonso"),
                    "it is not withheld: " + state.body());
            return "declined for affonso: self-referral";
        });
    }

    private void lead(String route, String link, SignIn signIn)
            throws IOException, InterruptedException, Steps.Failure {
        steps.step("one lead: " + route, () -> {
            ShopPages pages = newVisitor();
            Click click = pages.follow(demo.sandbox(), link);
            Account account = signIn.enter(pages);
            String email = text(awaitLead(pages, click, account), "email");
            require(email.equals(masked(account.email())), "reported with the address " + email);
            return "signed in %s, reported for %s with %s".formatted(account.route(), click.partner(), email);
        });
    }

    /** A customer with an unverified address, which is Ada's. */
    private void unverified() throws IOException, InterruptedException, Steps.Failure {
        steps.step("one lead, no address: e-mail not verified", () -> {
            ShopPages pages = newVisitor();
            Click click = pages.follow(demo.sandbox(), "/d/mia");
            Account account = pages.keyring("mallory");
            require(!account.isAdas(), "she is in Ada's account");
            JsonNode lead = awaitLead(pages, click, account);
            require(lead.path("email").isNull(), "reported with the address " + lead.path("email"));
            return "signed in %s, in an account of her own; reported for %s with no address"
                    .formatted(account.route(), click.partner());
        });
    }

    private JsonNode awaitLead(ShopPages pages, Click click, Account account)
            throws IOException, InterruptedException, Steps.Failure {
        List<String> left = pages.browser().attributionCookies();
        require(left.isEmpty(), "still there: " + left);
        JsonNode lead = sandbox.awaitLead(click.id(), PATIENCE);
        require(text(lead, "partner").equals(click.partner()), "credited to " + lead.path("partner"));
        require(text(lead, "customer").equals(account.number()), "it is of " + lead.path("customer"));
        return lead;
    }

    private static String masked(String email) {
        return email.charAt(0) + "***" + email.substring(email.indexOf('@'));
    }

    /** Sign-ins that are not reported. Needs the customers of {@link #newCustomers}, who come again. */
    void existingCustomers() throws IOException, InterruptedException, Steps.Failure {
        remembered();
        older("form login", "/go/mia", pages -> pages.form("ada@example.org", "password"));
        older("OpenID Connect", "/d/mia", pages -> pages.keyring("ada"));
        older("one-time token", "/r/mia", pages -> pages.link("ada@example.org"));
        again(
                "OpenID Connect first, then token",
                pages -> pages.keyring("kim"),
                pages -> pages.link("kim@example.org"));
        again(
                "sign-up first, then token",
                pages -> pages.form("lea@example.org", ShopPages.PASSWORD),
                pages -> pages.link("lea@example.org"));
        withoutPartner("sign-up", pages -> pages.signUp("max@example.org", "Max"));
        withoutPartner("OpenID Connect", pages -> pages.keyring("sam"));
        withoutPartner("one-time token", pages -> pages.link("ines@example.org"));
    }

    private void remembered() throws IOException, InterruptedException, Steps.Failure {
        steps.step("no lead: a remembered device comes back", () -> {
            ShopPages pages = newVisitor();
            Account before = pages.formAndStay("tom@example.org", ShopPages.PASSWORD);
            pages.browser().restart();
            Click click = pages.follow(demo.sandbox(), "/go/mia");
            Account account = pages.current();
            require(account.number().equals(before.number()), "it is another customer");
            require(!account.route().equals(before.route()), "signed in " + account.route());
            return notReported(pages, click, account);
        });
    }

    /** Ada, who was a customer before any click and has not signed in without one. */
    private void older(String route, String link, SignIn signIn)
            throws IOException, InterruptedException, Steps.Failure {
        steps.step("no lead: old customer, " + route, () -> {
            ShopPages pages = newVisitor();
            Click click = pages.follow(demo.sandbox(), link);
            Account account = signIn.enter(pages);
            require(account.isAdas(), "it is customer " + account.number());
            return notReported(pages, click, account);
        });
    }

    private void again(String routes, SignIn first, SignIn second)
            throws IOException, InterruptedException, Steps.Failure {
        steps.step("no second lead: " + routes, () -> {
            Account known = first.enter(newVisitor());
            awaitNextSecond();
            ShopPages pages = newVisitor();
            Click click = pages.follow(demo.sandbox(), "/d/leo");
            Account account = second.enter(pages);
            require(account.number().equals(known.number()), "it is another customer");
            long leads = leadsOf(account).stream().filter(Sandbox::isRecorded).count();
            require(leads == 1, leads + " leads of this customer");
            return "the same customer; " + notReported(pages, click, account);
        });
    }

    /** A click's cookie has whole seconds, so a click in the second of the first sign-in does not show that it is the later one. */
    private static void awaitNextSecond() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1_001 - System.currentTimeMillis() % 1_000);
    }

    private void withoutPartner(String route, SignIn signIn) throws IOException, InterruptedException, Steps.Failure {
        steps.step("no lead: no partner, " + route, () -> {
            Account account = signIn.enter(newVisitor());
            List<JsonNode> leads = leadsOf(account);
            require(leads.isEmpty(), "reported: " + leads);
            return "signed in %s, %d leads".formatted(account.route(), leads.size());
        });
    }

    /** A lead would have expired the cookies at once. Calls come later, and the last steps of the check look at them. */
    private String notReported(ShopPages pages, Click click, Account account)
            throws IOException, InterruptedException, Steps.Failure {
        List<String> cookies = pages.browser().attributionCookies();
        require(!cookies.isEmpty(), "the cookies are gone");
        List<JsonNode> leads = sandbox.leadCalls(click.id());
        require(leads.isEmpty(), "reported: " + leads);
        return "signed in %s, %d leads of the click, cookies %s".formatted(account.route(), leads.size(), cookies);
    }

    private List<JsonNode> leadsOf(Account account) throws IOException, InterruptedException {
        return sandbox.calls("lead").stream()
                .filter(call -> text(call, "customer").equals(account.number()))
                .toList();
    }
}
