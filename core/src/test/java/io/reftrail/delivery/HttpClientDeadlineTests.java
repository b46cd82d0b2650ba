package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reftrail.backend.HttpReply;
import io.reftrail.testing.RawServer;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a server behaves, a call ends in time, and of its body no more is read than the bound. */
class HttpClientDeadlineTests {

    private static final DeliverySettings QUICK =
            new DeliverySettings(Duration.ofMillis(200), Duration.ofMillis(300), 2, Duration.ofSeconds(1));

    /** The deadline is half a second; the rest is for a slow machine. */
    private static final Duration IN_TIME = Duration.ofSeconds(4);

    private final HttpClientTransport transport = new HttpClientTransport(QUICK, 1);

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    static Stream<Arguments> manners() {
        return Stream.of(
                Arguments.of("hangs", RawServer.HANG),
                Arguments.of("resets", RawServer.RESET),
                Arguments.of("closes", RawServer.CLOSE),
                Arguments.of("drips its body", RawServer.DRIP_BODY),
                Arguments.of("drips its head", RawServer.DRIP_HEAD),
                Arguments.of("speaks no HTTP", RawServer.flood("SSH-2.0-x\r\n\r\n", "x\r\n")),
                Arguments.of("sends headers without end", RawServer.flood("HTTP/1.1 200 OK\r\n", "X-A: b\r\n")),
                Arguments.of("cuts its body", (RawServer.Manner) (connection, closed) -> connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest(name = "a server that {0}")
    @MethodSource("manners")
    void noReplyEndsInTime(String what, RawServer.Manner manner) {
        try (RawServer server = RawServer.with(manner)) {
            assertTimeoutPreemptively(IN_TIME, () -> assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> transport.send(HttpClientTransportTests.call(server.url(), "{}"))));

            assertThat(server.connections()).isOne();
        }
    }

    static Stream<Arguments> floods() {
        String body = "x".repeat(8192);
        return Stream.of(
                Arguments.of("of known length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", body),
                Arguments.of("until it closes", "HTTP/1.1 200 OK\r\n\r\n", body),
                Arguments.of(
                        "in chunks",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                        "2000\r\n" + body + "\r\n"));
    }

    @ParameterizedTest(name = "a huge body {0}")
    @MethodSource("floods")
    void aHugeBodyIsCutAtTheBound(String what, String head, String body) {
        try (RawServer server = RawServer.with(RawServer.flood(head, body))) {
            HttpReply reply = assertTimeoutPreemptively(
                    IN_TIME, () -> transport.send(HttpClientTransportTests.call(server.url(), "{}")));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body())
                    .hasSize(HttpClientTransport.MAX_BODY_BYTES)
                    .containsOnlyOnce("x".repeat(HttpClientTransport.MAX_BODY_BYTES));
        }
    }

    static Stream<Arguments> hugeHeads() {
        return Stream.of(
                Arguments.of("one line without end", RawServer.flood("HTTP/1.1 200 OK\r\nX-A: ", "b".repeat(8192))),
                Arguments.of("lines without end", RawServer.flood("HTTP/1.1 200 OK\r\n", "X-A: b\r\n")));
    }

    /** Before httpcore 5.4 nothing but the deadline ended them, after gigabytes. */
    @ParameterizedTest(name = "a head that is {0}")
    @MethodSource("hugeHeads")
    void aHugeHeadIsNotReadToItsEnd(String what, RawServer.Manner manner) {
        try (RawServer server = RawServer.with(manner)) {
            assertThatExceptionOfType(MessageConstraintException.class)
                    .isThrownBy(() -> transport.send(HttpClientTransportTests.call(server.url(), "{}")));
        }
    }

    /** Nothing is decompressed, so a few bytes can never become many. */
    @Test
    void aCompressedBodyIsNotBlownUp() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zeros = new GZIPOutputStream(bomb)) {
            zeros.write(new byte[50_000_000]);
        }
        RawServer.Manner manner = (connection, closed) -> {
            OutputStream out = connection.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bomb.toByteArray());
        };
        try (RawServer server = RawServer.with(manner)) {
            HttpReply reply = transport.send(HttpClientTransportTests.call(server.url(), "{}"));

            assertThat(reply.body())
                    .hasSizeLessThanOrEqualTo(bomb.size())
                    .doesNotContain("\0\0\0\0\0\0\0\0".repeat(10_000));
        }
    }

    @Test
    void nobodyListening() {
        String url;
        try (RawServer server = RawServer.with(RawServer.CLOSE)) {
            url = server.url();
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transport.send(HttpClientTransportTests.call(url, "{}")));
    }

    @Test
    void misbehavingServersUseUpNoConnections() throws IOException {
        try (RawServer hanging = RawServer.with(RawServer.HANG);
                RawServer flooding = RawServer.with(RawServer.flood("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(8192)));
                StubServer good = StubServer.answering(Answer.recorded())) {
            for (int call = 0; call < 3; call++) {
                transport.send(HttpClientTransportTests.call(flooding.url(), "{}"));
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> transport.send(HttpClientTransportTests.call(hanging.url(), "{}")));
            }

            assertThat(transport
                            .send(HttpClientTransportTests.call(good.url(), "{}"))
                            .status())
                    .isEqualTo(201);
        }
    }
}
