package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Sandbox.text;
import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests with a partner's parameter that do not count as clicks, and where an operator reads why. */
final class LinkChecks {

    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;

    LinkChecks(RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    void run() throws IOException, InterruptedException, Steps.Failure {
        preflight();
        ownParameter();
        decisions();
    }

    /** The preflight of a script on another site, the script's request after it, and a beacon. */
    private void preflight() throws IOException, InterruptedException, Steps.Failure {
        steps.step("a CORS preflight does not count as a click", () -> {
            int before = sandbox.calls("affitor", "click").size();
            Browser browser = new Browser();
            String target = "/?aff=nora";
            browser.fetch(request(target, "cors", "empty")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", BodyPublishers.noBody()));
            browser.fetch(request(target, "cors", "empty").POST(BodyPublishers.noBody()));
            browser.fetch(request(target, "no-cors", "image"));
            List<String> cookies = browser.attributionCookies();
            require(cookies.isEmpty(), "cookies " + cookies);
            int clicks = sandbox.calls("affitor", "click").size() - before;
            require(clicks == 0, clicks + " clicks at Affitor");
            return "3 requests, no cookie, no click";
        });
    }

    /** Affihub's parameter is called {@code ref}, as are parameters of many applications. */
    private void ownParameter() throws IOException, InterruptedException, Steps.Failure {
        steps.step("the application's own ref is left alone", () -> {
            Browser browser = new Browser();
            for (String value : List.of("https%3A%2F%2Fwww.google.com%2F", "/checkout", "some-blog.example.com")) {
                HttpResponse<String> page = browser.open(demo.shop().resolve("/?ref=" + value));
                require(page.statusCode() == 200, "status " + page.statusCode() + " for " + value);
            }
            HttpResponse<String> file = browser.fetch(request("/?ref=main", "cors", "empty"));
            require(file.statusCode() == 200, "status " + file.statusCode());
            List<String> cookies = browser.attributionCookies();
            require(cookies.isEmpty(), "cookies " + cookies);
            return "4 requests, no redirect, no cookie";
        });
    }

    private void decisions() throws IOException, InterruptedException, Steps.Failure {
        steps.step("the decisions are read at the shop's actuator", () -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(demo.shop().resolve("/actuator/reftrail/decisions"));
            HttpResponse<String> answer = new Browser()
                    .fetch(request.header("Accept", "application/json")
                            .header("Authorization", ConsoleChecks.OPERATOR));
            require(answer.statusCode() == 200, "status " + answer.statusCode());
            String body = answer.body();
            List<JsonNode> decisions = JsonMapper.shared()
                    .readTree(body)
                    .path("decisions")
                    .valueStream()
                    .toList();
            Set<String> seen = decisions.stream()
                    .map(decision ->
                            text(decision, "stage") + " " + text(decision, "backend") + " " + text(decision, "reason"))
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String expected :
                    List.of("LANDING affitor not-a-visit", "LANDING affihub not-a-code", "LEAD introw enqueued")) {
                require(seen.contains(expected), "no " + expected + " in " + seen);
            }
            require(!body.contains("nora") && !body.contains("@example"), "it holds personal data");
            return decisions.size() + " decisions";
        });
    }

    private HttpRequest.Builder request(String target, String mode, String destination) {
        URI address = demo.shop().resolve(target);
        return HttpRequest.newBuilder(address)
                .header("Origin", "https://other.example")
                .header("Accept", "*/*")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", mode)
                .header("Sec-Fetch-Dest", destination);
    }
}
