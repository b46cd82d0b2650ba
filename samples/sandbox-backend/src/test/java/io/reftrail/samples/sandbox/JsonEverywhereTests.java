package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a vendor endpoint answers, and whatever the caller says that it accepts, is JSON. */
class JsonEverywhereTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /introw/api/v1/affiliate/conversions | sandbox-introw-key      | {"clickId":"aff_x"} | 200
            POST   | /introw/api/v1/affiliate/conversions | sandbox-introw-key      | {"clickId":         | 422
            POST   | /introw/api/v1/affiliate/conversions | sandbox-introw-readonly | {}                  | 403
            POST   | /introw/api/v1/affiliate/conversions | wrong                   | {}                  | 401
            GET    | /introw/api/v1/affiliate/conversions | sandbox-introw-key      | ''                  | 405
            DELETE | /refport/api/track/lead               | ''                      | ''                  | 405
            POST   | /refport/api/track/lead               | ''                      | {}                  | 400
            POST   | /refport/api/track/sale               | ''                      | <xml/>              | 400
            POST   | /refport/api/track/sail               | ''                      | {}                  | 404
            """)
    void answersJson(String method, String path, String introwKey, String body, int status) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        sandbox.request(path, RunningSandbox.REFPORT_KEY)
                                .header("x-api-key", introwKey)
                                .header("Content-Type", "application/json; charset=utf-8")
                                .header("Accept", "text/html")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response).isObject()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/introw/api/v1/affiliate/conversions, 422", "/refport/api/track/lead, 400"})
    void refusesABodyThatIsNotDeclaredAsJson(String path, int status) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        sandbox.request(path, RunningSandbox.REFPORT_KEY)
                                .headers(RunningSandbox.INTROW_KEY)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("clickId=x"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }
}
