package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/dub.md section 3.2 with its traps. */
class DubClickTests {

    private static final String CLICK = "/dub/track/click";
    private static final String BODY = "{'domain':'go.shop.example','key':'nora'}";

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'domain':'go.shop.example','key':'nora','url':null,'referrer':'https://b.example/'} | 200 | recorded
            {'domain':'go.shop.example','key':'unknown'}                                         | 404 | rejected
            {'domain':'www.go.shop.example','key':'nora'}                                        | 200 | recorded
            {'domain':'other.example','key':'nora'}                                              | 404 | rejected
            {'domain':'go.shop.example'}                                                         | 422 | rejected
            {'key':'nora'}                                                                       | 422 | rejected
            {                                                                                    | 422 | rejected
            """)
    void answers(String body, int status, String verdict) throws Exception {
        HttpResponse<String> response = click(sandbox, body, "Mozilla/5.0");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo(verdict);
    }

    @Test
    void answersWithThePartner() throws Exception {
        JsonNode reply = json(click(sandbox, BODY, "Mozilla/5.0"));

        assertThat(reply.path("clickId").asString()).matches("[A-Za-z0-9]{16}");
        assertThat(reply.at("/partner/name").asString()).isEqualTo("nora");
        assertThat(reply.path("discount").isNull()).isTrue();
    }

    @Test
    void givesOneAgentOneClickForEachLinkWithinTheHour() throws Exception {
        String first = id(click(sandbox, BODY, "Mozilla/5.0"));

        assertThat(id(click(sandbox, BODY, "Mozilla/5.0"))).isEqualTo(first);
        assertThat(sandbox.lastVerdict()).isEqualTo("duplicate");
        assertThat(id(click(sandbox, BODY, "Opera/9"))).isNotEqualTo(first);
        assertThat(id(click(sandbox, BODY.replace("nora", "leo"), "Mozilla/5.0")))
                .isNotEqualTo(first);
        assertThat(sandbox.funnel("dub").path("clicks").asInt()).isEqualTo(3);
        try (RunningSandbox forgetful = new RunningSandbox("--sandbox.dub.click-window=0s")) {
            assertThat(id(click(forgetful, BODY, "Mozilla/5.0")))
                    .isNotEqualTo(id(click(forgetful, BODY, "Mozilla/5.0")));
        }
    }

    /** The words of the contract page, each in a user agent. */
    static Stream<String> bots() throws IOException {
        String page = Files.readString(Path.of("../../docs/contracts/dub.md"));
        String words = page.substring(page.indexOf("```text bots") + "```text bots".length());
        return Stream.of(words.substring(0, words.indexOf("```")).strip().split("\\s+"))
                .map(word -> "Mozilla/5.0 " + word.toUpperCase(Locale.ROOT) + "/1.0");
    }

    @Test
    void answersPagesOfAnyOrigin() throws Exception {
        HttpResponse<String> response = sandbox.post(
                CLICK, BODY.replace('\'', '"'), "User-Agent", "Mozilla/5.0", "Origin", "https://shop.example");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @ParameterizedTest
    @MethodSource("bots")
    @ValueSource(strings = {"Java-http-client/17", "curl/8.0", "Node.js", "Googlebot/2.1"})
    void neverRecordsTheClickOfABot(String agent) throws Exception {
        HttpResponse<String> response = click(sandbox, BODY, agent);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(sandbox.lastVerdict()).isEqualTo("ignored");
        assertThat(sandbox.funnel("dub").path("clicks").asInt()).isZero();
        String lead = "{'clickId':'" + id(response) + "','eventName':'x','customerExternalId':'u1'}";
        assertThat(DubLeadTests.send(sandbox, lead).statusCode()).isEqualTo(404);
    }

    @Test
    void neverRecordsWhoAsksNotToBeTracked() throws Exception {
        sandbox.post(CLICK, BODY.replace('\'', '"'), "User-Agent", "Mozilla/5.0", "dub-no-track", "1");

        assertThat(sandbox.funnel("dub").path("clicks").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"Referer, https://shop.example/p, 200", "Origin, https://evil.example, 403", "X-None, x, 403"})
    void refusesAnOriginThatIsNotAllowed(String header, String value, int status) throws Exception {
        try (RunningSandbox strict = new RunningSandbox("--sandbox.dub.allowed-hostnames=shop.example")) {
            assertThat(strict.post(CLICK, BODY.replace('\'', '"'), "User-Agent", "Mozilla/5.0", header, value)
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    private static HttpResponse<String> click(RunningSandbox where, String body, String agent) throws Exception {
        return where.post(CLICK, body.replace('\'', '"'), "User-Agent", agent);
    }

    private static String id(HttpResponse<String> response) {
        return json(response).path("clickId").asString();
    }
}
