package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;

/** Click ids that nobody has issued. */
final class BadInput {

    private static final List<String> VALUES =
            List.of("", "a%0d%0aSet-Cookie:x=y", "a%22b", "a%3Bb", "%ff%fe", "a".repeat(4000));

    private final RunningDemo demo;
    private final Steps steps;

    BadInput(RunningDemo demo, Steps steps) {
        this.demo = demo;
        this.steps = steps;
    }

    void walk() throws IOException, InterruptedException, StepFailure {
        for (String value : VALUES) {
            String shown = value.length() > 24 ? value.length() + " characters" : "'" + value + "'";
            steps.step("irw_id of " + shown + " is as if not there", () -> {
                Visitor visitor = new Visitor();
                HttpResponse<String> page = visitor.open(URI.create(demo.shop() + "/?irw_id=" + value));
                require(page.statusCode() == 200, "status " + page.statusCode());
                require(visitor.attributionCookies().isEmpty(), "cookies " + visitor.attributionCookies());
                return "200, no cookie";
            });
        }
    }
}
