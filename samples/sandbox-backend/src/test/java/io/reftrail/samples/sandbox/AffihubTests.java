package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** docs/contracts/affihub.md sections 3.1, 3.2 and 3.4, row by row, and what section 5 says there is not. */
class AffihubTests {

    private static final String CLICK = "/affihub/track/click";
    private static final String KEY = "Bearer affihub-sandbox-key";

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'program_id':'prog_sandbox','ref':'mia','landing':'/p','referrer':'https://blog.example/'} | 200 | recorded
            {'program_id':'prog_sandbox','ref':'mia','landing':'/p','referrer':null}                    | 200 | recorded
            {'program_id':'prog_sandbox','ref':'mia'}                                                   | 200 | recorded
            {'program_id':'prog_sandbox','ref':'nobody','landing':'/'}                                  | 200 | ignored
            {'program_id':'prog_other','ref':'mia','landing':'/'}                                       | 200 | ignored
            {'program_id':'prog_sandbox','landing':'/'}                                                 | 400 | rejected
            {'ref':'mia','landing':'/'}                                                                 | 400 | rejected
            {                                                                                           | 400 | rejected
            """)
    void takesClicks(String body, int status, String verdict) throws Exception {
        HttpResponse<String> response = sandbox.post(CLICK, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo(verdict);
        assertThat(sandbox.funnel("affihub").path("clicks").asInt()).isEqualTo(verdict.equals("recorded") ? 1 : 0);
        assertThat(events("").path("total").asInt()).isEqualTo(status == 200 ? 1 : 0);
    }

    @Test
    void countsEveryClickAndListsItAsAnEvent() throws Exception {
        String body =
                "{\"program_id\":\"prog_sandbox\",\"ref\":\"mia\",\"landing\":\"/p\",\"referrer\":\"https://b.example/\"}";
        for (int i = 0; i < 3; i++) {
            sandbox.post(CLICK, body);
        }

        assertThat(sandbox.funnel("affihub").path("clicks").asInt()).isEqualTo(3);
        JsonNode page = events("?type=click&per_page=2");
        assertThat(page.path("data").size()).isEqualTo(2);
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("page").asInt()).isEqualTo(1);
        assertThat(page.path("per_page").asInt()).isEqualTo(2);
        assertThat(page.at("/data/0").propertyNames())
                .containsExactlyInAnyOrder("id", "program_id", "type", "payload", "created_at");
        assertThat(page.at("/data/0/payload").toString())
                .isEqualTo("{\"ref\":\"mia\",\"landing\":\"/p\",\"referrer\":\"https://b.example/\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "?per_page=2, 2",
        "?per_page=2&page=2, 1",
        "?type=commission.created, 0",
        "?from=2001-01-01T00:00:00Z, 3",
        "?to=2001-01-01T00:00:00Z, 0",
        "?per_page=0, 3"
    })
    void filtersEvents(String query, int rows) throws Exception {
        for (int i = 0; i < 3; i++) {
            sandbox.post(CLICK, "{\"program_id\":\"prog_sandbox\",\"ref\":\"mia\"}");
        }

        assertThat(events(query).path("data").size()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({"?search=mi, mia", "?search=leo@partners, leo", "?search=zoe, ''", "?search=mia&status=invited, ''"})
    void findsPartners(String query, String slug) throws Exception {
        JsonNode data = json(read("/affihub/api/v1/partners" + query, KEY)).path("data");

        assertThat(data.size()).isEqualTo(slug.isEmpty() ? 0 : 1);
        assertThat(data.at("/0/slug").asString("")).isEqualTo(slug);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/affihub/api/v1/partners", "/affihub/api/v1/events"})
    void wantsAKeyForReading(String path) throws Exception {
        assertThat(read(path, "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(sandbox.lastVerdict()).isEqualTo("unauthorized");
        assertThat(read(path, KEY).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/affihub/track/lead, 404",
        "/affihub/track/sale, 404",
        "/affihub/api/v1/leads, 404",
        "/affihub/api/v1/sales, 404",
        "/affihub/api/v1/conversions, 404",
        "/affihub/api/v1/events, 405"
    })
    void hasNoEndpointForLeadsOrSales(String path, int status) throws Exception {
        assertThat(sandbox.post(path, "{}", "Authorization", KEY).statusCode()).isEqualTo(status);
        assertThat(sandbox.lastVerdict()).isEqualTo("rejected");
    }

    private static JsonNode events(String query) throws Exception {
        return json(read("/affihub/api/v1/events" + query, KEY));
    }

    private static HttpResponse<String> read(String path, String authorization) throws Exception {
        return HttpClient.newHttpClient()
                .send(sandbox.request(path, "Authorization", authorization).build(), BodyHandlers.ofString());
    }
}
