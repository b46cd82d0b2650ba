package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Sandbox.text;
import static io.reftrail.samples.demo.Steps.require;

import io.reftrail.samples.demo.ShopPages.Account;
import io.reftrail.samples.demo.ShopPages.Click;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Codes that visitors type in the shop's sign-up form, without a click and with one. */
final class CodeChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;

    CodeChecks(RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    void run() throws IOException, InterruptedException, Steps.Failure {
        lead("summer-nora", "affitor", "nora");
        lead("PODCAST-LEO", "affonso", "leo");
        lead("MIA-10", "tolt", "mia");
        lead("NORA-VIP", "tapfiliate", "nora");
        unknown();
        instead();
    }

    private ShopPages newVisitor() {
        return new ShopPages(demo.shop(), new Browser());
    }

    private void lead(String code, String vendor, String partner)
            throws IOException, InterruptedException, Steps.Failure {
        steps.step("a code in the form is a lead: " + vendor, () -> {
            Account account = newVisitor().signUp("code-of-" + vendor + "@example.org", "Kim", code);
            JsonNode lead = sandbox.awaitLeadOf(vendor, account.number(), PATIENCE);
            require(text(lead, "partner").equals(partner), "credited to " + lead.path("partner"));
            return "no click, signed in %s, credited to %s".formatted(account.route(), partner);
        });
    }

    private void unknown() throws IOException, InterruptedException, Steps.Failure {
        steps.step("the form says that there is no such code", () -> {
            int before = sandbox.calls("").size();
            HttpResponse<String> page = newVisitor().signUpForm("nobody@example.org", "Kim", "SUMMER-NOBODY");
            require(page.statusCode() == 200, "status " + page.statusCode());
            require(page.body().contains("There is no such code"), "the page does not say so");
            int calls = sandbox.calls("").size() - before;
            require(calls == 0, calls + " calls of vendors");
            return "said at once, no vendor was asked";
        });
    }

    /** The code is of one vendor's partner, the click of another vendor's. */
    private void instead() throws IOException, InterruptedException, Steps.Failure {
        steps.step("a code counts instead of a click", () -> {
            ShopPages pages = newVisitor();
            Click click = pages.follow(demo.sandbox(), "/go/nora");
            Account account = pages.signUp("code-and-click@example.org", "Kim", "MIA-10");
            sandbox.awaitLeadOf("tolt", account.number(), PATIENCE);
            List<String> left = pages.browser().attributionCookies();
            require(left.isEmpty(), "still there: " + left);
            pages.form("code-and-click@example.org", ShopPages.PASSWORD);
            List<JsonNode> leads = sandbox.leadCalls(click.id());
            require(leads.isEmpty(), "the click is reported too: " + leads);
            return "one lead at tolt, none of the click";
        });
    }
}
