package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/contracts/introw.md sections 3.1 and 4, row by row. */
class IntrowConversionTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a token alone                | {"clickId":"{token}"}                               | 201 | recorded
            an address                   | {"clickId":"{token}","email":"mia@example.org"}     | 201 | recorded
            an unusual address           | {"clickId":"{token}","email":"m.o'k+1@a-b.example"} | 201 | recorded
            an empty address             | {"clickId":"{token}","email":""}                    | 201 | recorded
            properties                   | {"clickId":"{token}","properties":{"plan":"team"}}  | 201 | recorded
            an unknown field             | {"clickId":"{token}","publishableKey":"pk_aff_1"}   | 201 | recorded
            a made-up token              | {"clickId":"aff_01J9ZK4T7Q2M8W6R5X3C1B0N9D"}        | 200 | ignored
            a damaged signature          | {"clickId":"{token}x"}                              | 200 | ignored
            a damaged id                 | {"clickId":"aff_x{token}"}                          | 200 | ignored
            a token of another kind      | {"clickId":"k3Jd92mQx7"}                            | 200 | ignored
            256 characters               | {"clickId":"{256}"}                                 | 200 | ignored
            257 characters               | {"clickId":"{256}x"}                                | 422 | rejected
            no token                     | {"email":"mia@example.org"}                         | 422 | rejected
            an empty token               | {"clickId":""}                                      | 422 | rejected
            a null token                 | {"clickId":null}                                    | 422 | rejected
            a number as token            | {"clickId":7}                                       | 422 | rejected
            a null address               | {"clickId":"{token}","email":null}                  | 422 | rejected
            properties of a wrong type   | {"clickId":"{token}","properties":"team"}           | 422 | rejected
            broken JSON                  | {"clickId":"{token}"                                | 422 | rejected
            JSON with something after it | {"clickId":"{token}"} {}                            | 422 | rejected
            an array                     | ["{token}"]                                         | 422 | rejected
            nothing                      | ''                                                  | 422 | rejected
            """)
    void answers(String what, String body, int status, String verdict) throws Exception {
        String sent = body.replace("{token}", sandbox.click("/r/nora")).replace("{256}", "a".repeat(256));

        HttpResponse<String> response = sandbox.post(CONVERSIONS, sent, INTROW_KEY);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo(verdict);
        switch (verdict) {
            case "recorded" -> {
                assertThat(json(response).path("status").asString()).isEqualTo("recorded");
                assertThat(json(response).path("conversionId").asString()).startsWith("cnv_");
                assertThat(json(response).path("formSubmissionId").asString()).startsWith("fsub_");
            }
            case "ignored" ->
                assertThat(response.body())
                        .isEqualTo("{\"status\":\"ignored\",\"conversionId\":null,\"formSubmissionId\":null}");
            default -> assertThat(json(response).path("message").isString()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mia",
                "@example.org",
                "mia@",
                "mia@example",
                ".mia@example.org",
                "m..a@example.org",
                "mia@example.c0m",
                "mia@exam_ple.org",
                "mia@example.o",
                "mia@exam ple.org",
                "Mia <mia@example.org>",
                "mia@example.org "
            })
    void refusesAnAddressThatFailsThePattern(String email) throws Exception {
        String body = "{\"clickId\":\"" + sandbox.click("/r/nora") + "\",\"email\":\"" + email + "\"}";

        assertThat(sandbox.post(CONVERSIONS, body, INTROW_KEY).statusCode()).isEqualTo(422);
        assertThat(sandbox.funnel("introw").at("/leads").asInt()).isZero();
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource({"wrong-key, 401", "'', 401", "sandbox-introw-readonly, 403"})
    void wantsAKeyWithTheScope(String key, int status) throws Exception {
        String body = "{\"clickId\":\"" + sandbox.click("/r/nora") + "\"}";

        assertThat(sandbox.post(CONVERSIONS, body, "x-api-key", key).statusCode())
                .isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo("unauthorized");
    }

    @Test
    void wantsAKeyBeforeItLooksAtTheBody() throws Exception {
        assertThat(sandbox.post(CONVERSIONS, "{").statusCode()).isEqualTo(401);
        assertThat(sandbox.lastCall().path("reason").asString()).contains("missing");
    }

    @Test
    void countsAClickOnceHoweverManyReportsArriveTogether() throws Exception {
        String body = "{\"clickId\":\"" + sandbox.click("/r/nora") + "\"}";

        List<CompletableFuture<HttpResponse<String>>> reports = IntStream.range(0, 20)
                .mapToObj(i -> sandbox.postLater(CONVERSIONS, body, INTROW_KEY))
                .toList();

        assertThat(reports.stream().map(report -> report.join().statusCode()))
                .containsOnlyOnce(201)
                .contains(200);
        HttpResponse<String> again = sandbox.post(CONVERSIONS, body, INTROW_KEY);
        assertThat(json(again).path("status").asString()).isEqualTo("duplicate");
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        assertThat(sandbox.funnel("introw").at("/leads").asInt()).isEqualTo(1);
    }

    @Test
    void limitsTheCallsOfAKeyIfToldTo() throws Exception {
        try (RunningSandbox narrow = new RunningSandbox("--sandbox.introw.rate-limit=1")) {
            String body = "{\"clickId\":\"" + narrow.click("/r/nora") + "\"}";

            assertThat(narrow.post(CONVERSIONS, body, INTROW_KEY).statusCode()).isEqualTo(201);
            assertThat(narrow.post(CONVERSIONS, body, INTROW_KEY).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void ignoresAClickOlderThanTheCampaignWindow() throws Exception {
        try (RunningSandbox strict = new RunningSandbox("--sandbox.introw.campaign-window=0s")) {
            String body = "{\"clickId\":\"" + strict.click("/r/nora") + "\"}";

            HttpResponse<String> response = strict.post(CONVERSIONS, body, INTROW_KEY);

            assertThat(json(response).path("status").asString()).isEqualTo("ignored");
            assertThat(strict.lastCall().path("reason").asString()).contains("window");
        }
    }

    @Test
    void ignoresAClickThatWasEmptiedAway() throws Exception {
        String body = "{\"clickId\":\"" + sandbox.click("/r/nora") + "\"}";
        sandbox.post("/sandbox/reset", "");

        HttpResponse<String> response = sandbox.post(CONVERSIONS, body, INTROW_KEY);

        assertThat(json(response).path("status").asString()).isEqualTo("ignored");
    }
}
