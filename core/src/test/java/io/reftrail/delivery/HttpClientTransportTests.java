package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what comes back. */
class HttpClientTransportTests {

    private static final DeliverySettings SETTINGS =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(5), 2, Duration.ofSeconds(1));

    private final HttpClientTransport transport = new HttpClientTransport(SETTINGS, 1);

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    @Test
    void sendsTheCallWithItsHeadersAndTheTransportsOwn() throws IOException {
        try (StubServer server = StubServer.answering(Answer.recorded())) {
            transport.send(call(server.url() + "/api/track", "{\"name\":\"M\u00efa\"}"));

            Received request = server.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/api/track");
            assertThat(request.body()).isEqualTo("{\"name\":\"M\u00efa\"}");
            assertThat(request.headers())
                    .containsEntry("authorization", "Bearer secret")
                    .containsEntry("accept", "application/json")
                    .containsEntry("content-length", "15")
                    .doesNotContainKeys("cookie", "accept-encoding", "expect", "transfer-encoding");
            assertThat(request.headers().get("content-type")).startsWith("application/json");
            assertThat(request.headers().get("user-agent"))
                    .startsWith("Reftrail/")
                    .doesNotContainIgnoringCase("java")
                    .doesNotContainIgnoringCase("http");
        }
    }

    @Test
    void sendsNothingOnceItIsClosed() throws IOException {
        try (StubServer server = StubServer.answering(Answer.recorded())) {
            transport.close();

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> transport.send(call(server.url(), "{}")));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCallMaySpeakForAVisitorsBrowser() throws IOException {
        try (StubServer server = StubServer.answering(Answer.recorded())) {
            transport.send(new HttpCall(
                    "POST", URI.create(server.url() + "/track"), Map.of("User-Agent", "Mozilla/5.0 (X11)"), "{}"));

            assertThat(server.requests().get(0).headers()).containsEntry("user-agent", "Mozilla/5.0 (X11)");
        }
    }

    @Test
    void bringsStatusBodyAndRetryAfter() throws IOException {
        try (StubServer server =
                StubServer.answering(new Answer(429, Map.of("Retry-After", "7"), "{\"a\":\"\u20ac\"}"))) {
            HttpReply reply = transport.send(call(server.url(), "{}"));

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.retryAfter()).isEqualTo("7");
            assertThat(reply.body()).isEqualTo("{\"a\":\"\u20ac\"}");
        }
    }

    @Test
    void anAnswerWithoutABodyHasAnEmptyOne() throws IOException {
        try (StubServer server = StubServer.answering(Answer.of(204, ""))) {
            HttpReply reply = transport.send(call(server.url(), "{}"));

            assertThat(reply.body()).isEmpty();
            assertThat(reply.retryAfter()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirectBecauseTheKeyWouldGoWithIt(int status) throws IOException {
        try (StubServer elsewhere = StubServer.answering(Answer.recorded());
                StubServer server = StubServer.answering(
                        request -> new Answer(status, Map.of("Location", elsewhere.url() + "/steal"), ""))) {
            HttpCall call = new HttpCall("POST", URI.create(server.url()), Map.of("x-api-key", "secret"), "{}");

            assertThat(transport.send(call).status()).isEqualTo(status);

            assertThat(server.requests()).hasSize(1);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void retriesNothingItself() throws IOException {
        try (StubServer server = StubServer.answering(new Answer(503, Map.of("Retry-After", "0"), ""))) {
            assertThat(transport.send(call(server.url(), "{}")).status()).isEqualTo(503);

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void keepsNoCookies() throws IOException {
        try (StubServer server = StubServer.answering(new Answer(200, Map.of("Set-Cookie", "sid=1; Path=/"), "{}"))) {
            transport.send(call(server.url(), "{}"));
            transport.send(call(server.url(), "{}"));

            assertThat(server.requests().get(1).headers()).doesNotContainKey("cookie");
        }
    }

    @Test
    void usesAConnectionAgain() throws IOException {
        try (StubServer server = StubServer.answering(Answer.recorded(), Answer.of(500, "{}"), Answer.of(200, ""))) {
            for (int call = 0; call < 5; call++) {
                transport.send(call(server.url(), "{}"));
            }

            assertThat(server.requests()).hasSize(5);
            assertThat(server.requests().stream().map(Received::client).distinct())
                    .hasSize(1);
        }
    }

    static HttpCall call(String url, String body) {
        return new HttpCall("POST", URI.create(url), Map.of("Authorization", "Bearer secret"), body);
    }
}
